import test from 'ava';

import { foreignCondition, foreignEntry, shown } from '../_support/api-server/gateway-objects.ts';
import { gatewayPlaces } from '../_support/api-server/gateway-places.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { anHttpRoute } from '../_support/world/gateway-api/builders.ts';

const aPlace = gatewayPlaces();

/** How many objects there are in a namespace; classes of other tests may come to it. */
const all = 6;

test.serial('what belongs to another controller now has nothing of ours any more', async (t) => {
  const { namespace, cluster, replica, get, update, patch } = await aPlace(t);
  const { sync, writes } = await replica();
  await sync();
  await eventually('all are written', () => writes() >= all);
  const seeded = foreignCondition();
  await update('gateways', 'gw', ({ conditions = [], ...status }) => ({
    ...status,
    conditions: [...conditions, seeded],
  }));
  await update('httproutes', 'web', ({ parents = [] }) => ({
    parents: [...parents, foreignEntry('parentRef')],
  }));
  await patch('gateways', 'gw', { gatewayClassName: 'of-another' });
  await sync();
  await eventually('our entry of the route is gone', async () => {
    const { status } = await get('httproutes', 'web');
    return status?.parents?.length === 1;
  });
  await eventually('what we said of the Gateway is gone', async () => {
    const { status } = await get('gateways', 'gw');
    return status?.listeners === undefined;
  });

  const gateway = await get('gateways', 'gw');
  t.deepEqual(gateway.status, { conditions: [seeded] });
  t.deepEqual((await get('httproutes', 'web')).status?.parents, [foreignEntry('parentRef')]);
  t.deepEqual((await get('grpcroutes', 'calls')).status?.parents, []);

  const count = writes();
  await cluster.apply([anHttpRoute(`${namespace}/later`)]);
  await sync();
  t.is(writes(), count);
});

test.serial('what another controller has taken over is not touched', async (t) => {
  const { replica, get, update, patch } = await aPlace(t);
  const first = await replica();
  await first.sync();
  await eventually('all are written', () => first.writes() >= all);
  await first.reporter.stop();
  await patch('gateways', 'gw', { gatewayClassName: 'of-another' });
  await update('gateways', 'gw', ({ conditions = [], listeners = [], ...status }) => ({
    ...status,
    conditions: conditions.map((one) => ({ ...one, observedGeneration: 2 })),
    listeners: listeners.map((one) => ({
      ...one,
      conditions: one.conditions.map((condition) => ({ ...condition, observedGeneration: 2 })),
    })),
  }));
  const theirs = await get('gateways', 'gw');

  const next = await replica({ identity: 'replica-2' });
  await next.sync();
  await eventually('our entry of the route is gone', async () => {
    const { status } = await get('httproutes', 'web');
    return status?.parents?.length === 0;
  });

  t.deepEqual(await get('gateways', 'gw'), theirs);
});

test.serial(
  'without anybody else a Gateway that is not ours any more waits for a controller again',
  async (t) => {
    const { replica, get, patch } = await aPlace(t);
    const { sync, writes } = await replica();
    await sync();
    await eventually('all are written', () => writes() >= all);

    await patch('gateways', 'gw', { gatewayClassName: 'of-another' });
    await sync();
    await eventually('what we said is gone', async () => {
      const { status } = await get('gateways', 'gw');
      return status?.listeners === undefined;
    });

    t.deepEqual(shown((await get('gateways', 'gw')).status?.conditions), [
      'Accepted=Unknown Pending',
      'Programmed=Unknown Pending',
    ]);
  },
);
