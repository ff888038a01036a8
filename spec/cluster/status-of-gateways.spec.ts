import test from 'ava';

import { foreignCondition, foreignEntry, shown } from '../_support/api-server/gateway-objects.ts';
import { gatewayPlaces } from '../_support/api-server/gateway-places.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aClock } from '../_support/property/a-clock.ts';
import { anHttpRoute } from '../_support/world/gateway-api/builders.ts';

const aPlace = gatewayPlaces();

/** How many objects there are in a namespace; classes of other tests may come to it. */
const all = 6;

const told = ['Accepted=True Accepted @1', 'Programmed=True Programmed @1'];
const ours = 'headgate.io/gateway-controller';

test.serial('the owner of each kind of object is told', async (t) => {
  const { namespace, replica, get } = await aPlace(t);
  const { sync, writes } = await replica();

  await sync();
  await eventually('all are written', () => writes() >= all);

  const gatewayClass = await get('gatewayclasses', namespace);
  t.deepEqual(shown(gatewayClass.status?.conditions), told.slice(0, 1));
  t.deepEqual(gatewayClass.status?.supportedFeatures, [{ name: 'Gateway' }, { name: 'HTTPRoute' }]);
  const gateway = await get('gateways', 'gw');
  t.deepEqual(shown(gateway.status?.conditions), told);
  t.like(gateway.status, {
    addresses: [{ type: 'IPAddress', value: '192.0.2.1' }],
    attachedListenerSets: 1,
    listeners: [{ name: 'http', attachedRoutes: 2 }],
  });
  t.deepEqual(shown(gateway.status?.listeners?.[0]?.conditions), told);
  const set = await get('listenersets', 'more');
  t.deepEqual(shown(set.status?.conditions), told);
  t.deepEqual(shown(set.status?.listeners?.[0]?.conditions), told);
  for (const [plural, name] of [
    ['httproutes', 'web'],
    ['grpcroutes', 'calls'],
  ] as const) {
    const { status } = await get(plural, name);
    t.like(status?.parents?.[0], {
      parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'gw' },
      controllerName: ours,
    });
    t.deepEqual(shown(status?.parents?.[0]?.conditions), [
      'Accepted=True Accepted @1',
      'ResolvedRefs=True ResolvedRefs @1',
    ]);
  }
  const policy = await get('backendtlspolicies', 'tls');
  t.like(policy.status?.ancestors?.[0], {
    ancestorRef: { name: 'gw', namespace },
    controllerName: ours,
  });
});

test.serial('what others write stays as it is, and where it is', async (t) => {
  const { replica, get, update, patch } = await aPlace(t);
  const { sync, writes } = await replica();
  await sync();
  await eventually('all are written', () => writes() >= all);
  const seeded = foreignCondition();
  await update('gateways', 'gw', ({ conditions = [], listeners = [], ...status }) => ({
    ...status,
    conditions: [seeded, ...conditions],
    listeners: listeners.map((one) => ({ ...one, conditions: [...one.conditions, seeded] })),
  }));
  await update('httproutes', 'web', ({ parents = [] }) => ({
    parents: [
      foreignEntry('parentRef'),
      ...parents.map((one) => ({ ...one, conditions: [...one.conditions, seeded] })),
    ],
  }));
  await update('backendtlspolicies', 'tls', ({ ancestors = [] }) => ({
    ancestors: [...ancestors, foreignEntry('ancestorRef')],
  }));
  await patch('gateways', 'gw', {
    listeners: [{ name: 'http', port: 80, protocol: 'HTTP', hostname: 'second.example' }],
  });
  await patch('httproutes', 'web', { hostnames: ['second.example'] });
  await patch('backendtlspolicies', 'tls', { validation: { hostname: 'second.example' } });
  const before = writes();
  await sync();
  await eventually('three are written again', () => writes() >= before + 3);

  const gateway = await get('gateways', 'gw');
  t.deepEqual(gateway.status?.conditions?.[0], seeded);
  t.deepEqual(shown(gateway.status?.conditions?.slice(1)), [
    'Accepted=True Accepted @2',
    'Programmed=True Programmed @2',
  ]);
  t.deepEqual(gateway.status?.listeners?.[0]?.conditions.at(-1), seeded);
  const route = await get('httproutes', 'web');
  t.deepEqual(route.status?.parents?.[0], foreignEntry('parentRef'));
  t.is(shown(route.status?.parents?.[1]?.conditions)[0], 'Accepted=True Accepted @2');
  t.deepEqual(route.status?.parents?.[1]?.conditions.at(-1), seeded);
  const policy = await get('backendtlspolicies', 'tls');
  t.is(shown(policy.status?.ancestors?.[0]?.conditions)[0], 'Accepted=True Accepted @2');
  t.deepEqual(policy.status?.ancestors?.[1], foreignEntry('ancestorRef'));
});

test.serial(
  'two that lead write what is new once each at most, and nothing again; nor does the next one',
  async (t) => {
    const { replica, get, update, patch } = await aPlace(t);
    const one = await replica({ leaseName: 'one' });
    const two = await replica({ leaseName: 'two', identity: 'replica-2' });
    await Promise.all([one.sync(), two.sync()]);
    await eventually('all are written', () => one.writes() >= all && two.writes() >= all);
    await Promise.all([one.sync(), two.sync()]);
    const first = [one.writes(), two.writes()];
    const version = (await get('gateways', 'gw')).metadata.resourceVersion;
    for (const turn of [1, 2, 3, 4, 5]) {
      await update('httproutes', 'web', ({ parents = [] }) => ({
        parents: [
          ...parents.filter(({ controllerName }) => controllerName === ours),
          { ...foreignEntry('parentRef'), conditions: [foreignCondition(`Turn${turn}`)] },
        ],
      }));
      await Promise.all([one.sync(), two.sync()]);
    }
    t.deepEqual([one.writes(), two.writes()], first);
    t.is((await get('gateways', 'gw')).metadata.resourceVersion, version);

    await Promise.all([one.reporter.stop(), two.reporter.stop()]);
    const next = await replica({ identity: 'replica-3' });
    await next.sync();
    await eventually('the next one leads', () => next.reporter.leads());
    await patch('httproutes', 'web', { hostnames: ['second.example'] });
    await next.sync();
    await eventually('the change is written', () => next.writes() > 0);

    t.is(next.writes(), 1);
    const { status } = await get('httproutes', 'web');
    t.is(shown(status?.parents?.[0]?.conditions)[0], 'Accepted=True Accepted @2');
    t.is(shown(status?.parents?.[1]?.conditions)[0], 'Turn5=True Seeded @1');
  },
);

test.serial(
  'a Gateway stays programmed while routes come and go, and an object that is gone fails nothing',
  async (t) => {
    const { cluster, namespace, replica, get, remove } = await aPlace(t);
    const { sync, writes, failures, envoyAnswers } = await replica();
    await sync();
    await eventually('all are written', () => writes() >= all);
    const before = await get('gateways', 'gw');

    envoyAnswers(false);
    await cluster.apply([anHttpRoute(`${namespace}/one`), anHttpRoute(`${namespace}/two`)]);
    await remove('grpcroutes', 'calls');
    await sync();
    await eventually('the count is right', async () => {
      const { status } = await get('gateways', 'gw');
      return status?.listeners?.[0]?.attachedRoutes === 3;
    });

    const after = await get('gateways', 'gw');
    t.deepEqual(after.status?.conditions, before.status?.conditions);
    await remove('httproutes', 'one');
    await sync();
    await eventually('the count is right again', async () => {
      const { status } = await get('gateways', 'gw');
      return status?.listeners?.[0]?.attachedRoutes === 2;
    });
    t.is(failures(), 0);
  },
);

test.serial(
  'a Gateway whose routes come one after another is written now and then, and rightly in the end',
  async (t) => {
    const { cluster, namespace, replica, get } = await aPlace(t);
    const { scheduler, goOn } = aClock();
    const { sync, writes } = await replica({ scheduler });
    /** Waits until something holds, while no time passes. */
    const meanwhile = async (what: string, holds: () => boolean | Promise<boolean>) =>
      await eventually(what, async () => {
        goOn(0);
        return await holds();
      });
    const count = async () => (await get('gateways', 'gw')).status?.listeners?.[0]?.attachedRoutes;
    await sync();
    await meanwhile('all are written', () => writes() >= all);
    const before = writes();
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const [i, name] of names.entries()) {
      await cluster.apply([anHttpRoute(`${namespace}/${name}`)]);
      await sync();
      await meanwhile('it is told, and the Gateway once', () => writes() >= before + 2 + i);
    }
    t.is(await count(), 3);

    goOn(1_000);
    await meanwhile('the count is right', async () => (await count()) === 2 + names.length);

    t.is(writes(), before + names.length + 2);
  },
);
