import test from 'ava';

import { foreignCondition, shown } from '../_support/api-server/gateway-objects.ts';
import { gatewayPlaces } from '../_support/api-server/gateway-places.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aService, aSlice } from '../_support/world/builders.ts';
import { anHttpRoute } from '../_support/world/gateway-api/builders.ts';

const aPlace = gatewayPlaces();

test('of a route it is said at each parent that takes it, and conditions of others stay', async (t) => {
  const { cluster, namespace, replica, get, update } = await aPlace(t);
  const parentRefs = ['http', 'none'].map((sectionName) => ({ name: 'gw', sectionName }));
  await cluster.apply([
    aService(`${namespace}/shop`),
    anHttpRoute(`${namespace}/web`, {
      parentRefs,
      rules: [{ backendRefs: [{ name: 'shop', port: 80 }] }],
    }),
  ]);
  const { sync } = await replica({
    published: (published) => published,
    times: { endpoints: 0, recovery: 0, tick: 10 },
  });
  await sync();
  const parents = async () =>
    ((await get('httproutes', 'web')).status?.parents ?? []).map((one) => shown(one.conditions));
  const says = async (expected: string): Promise<void> =>
    await eventually(`it says ${expected}`, async () =>
      ((await parents())[0] ?? []).includes(expected),
    );

  await says('BackendsAvailable=False EndpointsNotFound @2');
  t.false(((await parents())[1] ?? []).some((one) => one.startsWith('BackendsAvailable')));
  t.true(((await parents())[0] ?? []).includes('Accepted=True Accepted @2'));
  await update('httproutes', 'web', ({ parents: stored = [] }) => ({
    parents: stored.map((one) => ({ ...one, conditions: [...one.conditions, foreignCondition()] })),
  }));
  await cluster.apply([aSlice(`${namespace}/shop-1`, 'shop', ['10.0.0.1'])]);
  await sync();
  await says('BackendsAvailable=True BackendsAvailable @2');
  t.true(((await parents())[0] ?? []).includes('example.com/Seeded=True Seeded @1'));
});
