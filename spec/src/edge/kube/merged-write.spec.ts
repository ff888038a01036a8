import test, { type ExecutionContext } from 'ava';

import { mergedWrite } from '../../../../src/edge/kube/merged-write.ts';
import { statusLedger } from '../../../../src/edge/kube/status-ledger.ts';
import type { Condition } from '../../../../src/status/condition.ts';
import type { GatewayStatus } from '../../../../src/status/gateway-status.ts';
import { digestOfStatus } from '../../../../src/status/status.ts';
import {
  anApiServer,
  type Answer,
  type Asked,
} from '../../../_support/api-server/an-api-server.ts';
import { foreignEntry } from '../../../_support/api-server/gateway-objects.ts';

const parentRef = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gw' };
const controllerName = 'headgate.io/gateway-controller';

const accepted: Condition<string> = {
  type: 'Accepted',
  status: 'True',
  reason: 'Accepted',
  message: 'yes',
  observedGeneration: 2,
};

const wanted: GatewayStatus = {
  report: { parents: [{ parentRef, controllerName, conditions: [accepted] }] },
};

const object = (resourceVersion: string, parents: readonly object[], generation = 2) => ({
  metadata: { name: 'web', namespace: 'shop', resourceVersion, generation },
  status: { parents },
});

const ours = (lastTransitionTime: string, status = 'True') => ({
  ...{ parentRef, controllerName },
  conditions: [{ ...accepted, status, lastTransitionTime }],
});

const theirs = foreignEntry('parentRef');

const now = '2026-02-01T00:00:00Z';

/** A write of the status of `HTTPRoute shop/web` to a server that answers so. */
const aWrite = async (
  t: ExecutionContext,
  answer: (asked: Asked, index: number) => Answer,
  status = wanted,
) => {
  const { client, asked } = await anApiServer(t, answer);
  const ledger = statusLedger();
  const write = mergedWrite({ client, ledger, clock: () => Date.parse(now) });
  return {
    ledger,
    asked,
    write: async () => await write('HTTPRoute', 'HTTPRoute shop/web', status),
    sent: () => asked.map(({ method, body }) => (method === 'GET' ? 'GET' : body)),
  };
};

const stored: (asked: Asked) => Answer = ({ body }) => ({ status: 200, body });

test('where all is ours one request is enough, and a condition keeps its time', async (t) => {
  const { ledger, write, asked } = await aWrite(t, stored);
  const before = { ...ours('2026-01-01T00:00:00Z'), conditions: [{ ...accepted, message: 'old' }] };
  ledger.noted('HTTPRoute shop/web', object('7', [before, ours('2026-01-01T00:00:00Z')]));

  await write();

  t.deepEqual(asked, [
    {
      method: 'PATCH',
      path: '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/web/status?fieldManager=headgate',
      body: {
        metadata: { resourceVersion: '7' },
        status: { parents: [ours('2026-01-01T00:00:00Z')] },
      },
    },
  ]);
});

test('a condition that changes says since when', async (t) => {
  const { ledger, write, sent } = await aWrite(t, stored);
  ledger.noted('HTTPRoute shop/web', object('7', [ours('2026-01-01T00:00:00Z', 'False')]));

  await write();

  t.like(sent()[0], { status: { parents: [ours(now)] } });
});

test('where others have entries the object is read first, and they stay in their places', async (t) => {
  const { ledger, write, sent } = await aWrite(t, (asked) =>
    asked.method === 'GET'
      ? { status: 200, body: object('8', [theirs, ours(now, 'False'), theirs]) }
      : stored(asked),
  );
  ledger.noted('HTTPRoute shop/web', object('7', [theirs]));

  await write();

  t.deepEqual(sent(), [
    'GET',
    {
      metadata: { resourceVersion: '8' },
      status: { parents: [theirs, ours(now), theirs] },
    },
  ]);
});

test('whoever was faster loses nothing: after a conflict the object is read again', async (t) => {
  const { ledger, write, sent } = await aWrite(t, (asked, index) => {
    if (asked.method === 'GET') return { status: 200, body: object(`${index}`, [theirs]) };
    return index < 4 ? { status: 409 } : stored(asked);
  });
  ledger.noted('HTTPRoute shop/web', object('7', []));

  await write();

  const patch = (resourceVersion: string, parents: readonly object[]) => ({
    metadata: { resourceVersion },
    status: { parents },
  });
  t.deepEqual(sent(), [
    patch('7', [ours(now)]),
    'GET',
    patch('2', [theirs, ours(now)]),
    'GET',
    patch('4', [theirs, ours(now)]),
  ]);
});

test('what another replica has written meanwhile is not written again', async (t) => {
  const { ledger, write, asked } = await aWrite(t, ({ method }) =>
    method === 'GET' ? { status: 200, body: object('8', [ours(now), theirs]) } : { status: 409 },
  );
  ledger.noted('HTTPRoute shop/web', object('7', []));

  await write();

  t.is(asked.length, 2);
  t.true(ledger.held('HTTPRoute shop/web')?.shared?.isMixed);
});

test('nothing is written over what is said of a later generation', async (t) => {
  const { write, sent } = await aWrite(t, () => ({ status: 200, body: object('9', [], 3) }));

  await write();

  t.deepEqual(sent(), ['GET']);
});

test('a conflict that does not end is a failure', async (t) => {
  const { write, asked } = await aWrite(t, ({ method }) =>
    method === 'GET' ? { status: 200, body: object('8', []) } : { status: 409 },
  );

  await t.throwsAsync(write());

  t.is(asked.length, 12);
});

test('entries that do not fit beside those of others are left out, and that is not tried again', async (t) => {
  const many = Array.from({ length: 31 }, () => theirs);
  const second = { ...parentRef, name: 'gw-2' };
  const report = {
    parents: [parentRef, second].map((ref) => ({
      ...{ parentRef: ref, controllerName },
      conditions: [accepted],
    })),
  };
  const { ledger, write, sent } = await aWrite(
    t,
    (asked) => (asked.method === 'GET' ? { status: 200, body: object('8', many) } : stored(asked)),
    { report },
  );

  await write();

  t.like(sent()[1], { status: { parents: { length: 32 } } });
  t.true(ledger.holds('HTTPRoute shop/web', digestOfStatus({ report })));
});

test('without anything of ours wanted, ours goes and the rest stays', async (t) => {
  const { write, sent } = await aWrite(
    t,
    (asked) =>
      asked.method === 'GET'
        ? { status: 200, body: object('8', [ours(now), theirs]) }
        : stored(asked),
    { report: {} },
  );

  await write();

  t.deepEqual(sent()[1], { metadata: { resourceVersion: '8' }, status: { parents: [theirs] } });
});
