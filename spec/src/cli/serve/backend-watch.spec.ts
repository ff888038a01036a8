import test from 'ava';
import { concat, NEVER, of, VirtualTimeScheduler } from 'rxjs';

import { backendWatch } from '../../../../src/cli/serve/backend-watch.ts';
import { heldStatus } from '../../../../src/status/held-status.ts';
import { aHost, aListener, aMapping, aService, aSlice } from '../../../_support/world/builders.ts';
import { world } from '../../../_support/world/status-world.ts';

const [translated] = world([
  ...[aListener('default/http'), aHost('default/all'), aMapping('default/a')],
  ...[aService('default/web'), aSlice('default/w', 'web', ['10.0.0.1'])],
]);

const held = heldStatus({ conditions: [{ type: 'BackendsAvailable', status: 'False' }] });

const times = { endpoints: 5, envoy: 5, recovery: 5, tick: 1, rest: 1 };

/** At which times a new leader still believes what the former one said, that a back end is unavailable. */
const believes = test.macro({
  exec(
    t,
    all: number,
    isAnswering: boolean,
    asked: readonly number[],
    believed: readonly number[],
  ) {
    if (translated === undefined) return t.fail();
    const scheduler = new VirtualTimeScheduler();
    scheduler.maxFrames = 1000;
    const { due$, availability } = backendWatch({
      namespace: 'default',
      ask: () => (isAnswering ? of([]) : NEVER),
      leads$: concat(of(true), NEVER),
      translated$: concat(of(translated), NEVER),
      times: { ...times, all, acquaintance: 30, longestAcquaintance: 600 },
      scheduler,
    });
    const subscription = due$.subscribe();
    const users = translated.translation.ir.clusterUsers;
    const found: number[] = [];
    for (const at of asked)
      scheduler.schedule(() => {
        const told = availability('Mapping default/a', users, held);
        if (told !== undefined && 'wait' in told) found.push(at);
      }, at);
    scheduler.flush();
    subscription.unsubscribe();
    t.deepEqual(found, believed);
  },
  title: (name = '') => `a new leader believes the former one ${name}`,
});

test('for a while', believes, 10, true, [20, 29, 31, 40], [20, 29]);
test('until its Envoy has told of all clusters twice', believes, 60, true, [31, 59, 61], [31, 59]);
test('no longer than it takes at most', believes, 10, false, [31, 599, 601], [31, 599]);
