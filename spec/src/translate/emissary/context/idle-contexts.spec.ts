import test from 'ava';

import { aSecret } from '../../../../_support/world/a-secret.ts';
import {
  aGuard,
  aHost,
  aListener,
  aMapping,
  aTcpMapping,
  problemLines,
  step,
  storeOf,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';

const context = (key: string, spec: object = { min_tls_version: 'v1.2' }): Manifest =>
  aGuard('TLSContext', key, { ...spec });

const world: readonly Manifest[] = [
  aListener('default/https', { port: 8443, protocol: 'HTTPS' }),
  aSecret('default/cert'),
];

const site = (spec: object = {}): Manifest =>
  aHost('default/a', { hostname: 'a.example', tlsSecret: { name: 'cert' }, ...spec });

const told = [
  'TLSContext default/ctx: no effect: no Host, service or TCPMapping is in effect that uses it',
];

const isTold = test.macro({
  exec(t, expected: readonly string[], ...objects: readonly Manifest[]) {
    const all = translated(...world, ...objects);
    t.deepEqual(
      problemLines(all).filter((line) => line.includes('TLSContext')),
      expected,
    );
  },
  title: (title = '') => title,
});

test('a TLSContext that nobody names is told', isTold, told, site(), context('default/ctx'));
test(
  'one that a Host names is not',
  isTold,
  [],
  site({ tlsContext: { name: 'ctx' } }),
  context('default/ctx'),
);
test('nor one that is called after a Host', isTold, [], site(), context('default/a-context'));
test(
  'nor one with which a service is reached',
  isTold,
  [],
  aHost('default/all'),
  aMapping('default/m', { tls: 'ctx' }),
  context('default/ctx'),
);
test(
  'nor one that serves a name of TCPMappings',
  isTold,
  [],
  context('default/ctx', { hosts: ['b.example'], secret: 'cert' }),
  aTcpMapping('default/t', { host: 'b.example' }),
);
test(
  'of one with which something else is wrong, that alone is told',
  isTold,
  ['TLSContext default/ctx: spec.secret: Secret default/none does not exist'],
  site(),
  context('default/ctx', { secret: 'none' }),
);

test('it is told when the last one that used it is gone, and not any more when one is back', (t) => {
  const used = storeOf(...world, site({ tlsContext: { name: 'ctx' } }), context('default/ctx'));
  const unused = storeOf(...world, site(), context('default/ctx'));
  const first = step(undefined, used);
  const second = step(first, unused);
  t.deepEqual([first, second, step(second, used)].map(problemLines), [[], told, []]);
});
