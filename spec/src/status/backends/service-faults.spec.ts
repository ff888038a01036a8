import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, values } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import { applyAll, emptyStore } from '../../../../src/kube/store/object-store.ts';
import {
  serviceFaults,
  type ServiceFaults,
} from '../../../../src/status/backends/service-faults.ts';
import { holds } from '../../../_support/property/property.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  aSlice,
  listed,
  type Manifest,
} from '../../../_support/world/builders.ts';
import { eventsOf } from '../../../_support/property/happening.ts';
import { someHistory } from '../../../_support/world/small-world.ts';
import { translatedStore, world } from '../../../_support/world/status-world.ts';

const step = atOnce(serviceFaults('default'));

const gateway = [aListener('default/http'), aHost('default/all')];

const saidOf = (...objects: readonly Manifest[]) =>
  world([...gateway, ...objects]).flatMap((one) => [...values(step(undefined, one).output)]);

const finds = test.macro({
  exec(t, objects: readonly Manifest[], ...places: readonly string[]) {
    t.deepEqual(
      saidOf(...objects),
      places.map((place) => ({
        reason: 'EndpointsNotFound',
        message: `${place}: no endpoint of the Service is ready`,
      })),
    );
  },
  title: (name = '') => name,
});

const endpoints = { resolver: 'kubernetes-endpoint' };
const notReady = { endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready: false } }] };

test('a Service with an endpoint has no fault', finds, [
  aMapping('default/a', endpoints),
  aService('default/web'),
  aSlice('default/w', 'web', ['10.0.0.1']),
]);

test(
  'a Service without one has, and so has one of which none is ready',
  finds,
  [
    aMapping('default/a', endpoints),
    aService('default/web'),
    aSlice('default/w', 'web', [], notReady),
  ],
  'default/web:80',
);

test(
  'it does not matter that Envoy looks up the name of the Service',
  finds,
  [
    aMapping('default/a', { service: 'web.shop:81' }),
    aService('shop/web', { ports: [{ port: 81 }] }),
  ],
  'web.shop:81',
);

test('a Service that is looked up has no fault while it has an endpoint', finds, [
  aMapping('default/a', { service: 'web.default.svc.cluster.local' }),
  aService('default/web'),
  aSlice('default/w', 'web', ['10.0.0.1']),
]);

test(
  'nothing is said of names that are no Services, of addresses, and of a Service that is a name elsewhere',
  finds,
  [
    aMapping('default/a', { service: 'web.example.com' }),
    aMapping('default/b', { service: '10.0.0.1', prefix: '/b/' }),
    aMapping('default/c', { service: 'elsewhere', prefix: '/c/' }),
    aMapping('default/d', { service: 'missing', prefix: '/d/' }),
    aService('default/elsewhere', { type: 'ExternalName', externalName: 'example.com' }),
  ],
);

test('by change equals from nothing, after every batch of every history', (t) => {
  holds(
    t,
    fc.property(someHistory, (history) => {
      let store = applyAll(emptyStore, listed(gateway));
      let latest = translatedStore(store);
      let faults: ServiceFaults = step(undefined, latest);
      for (const batch of history) {
        store = applyAll(store, batch.flatMap(eventsOf));
        latest = translatedStore(store, latest.translation);
        faults = step(faults, latest);
        assert.deepEqual([...entries(faults.output)], [...entries(step(undefined, latest).output)]);
      }
    }),
    { numRuns: 50 },
  );
});
