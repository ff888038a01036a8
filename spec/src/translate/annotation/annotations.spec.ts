import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries } from '../../../../src/collection/collection.ts';
import { applyAll, emptyStore } from '../../../../src/kube/store/object-store.ts';
import { newPlane } from '../../../../src/plane/plane.ts';
import { translate, type Translation } from '../../../../src/translate/translate.ts';
import type { TranslateOptions } from '../../../../src/translate/translate-options.ts';
import { holds } from '../../../_support/property/property.ts';
import { aSecret } from '../../../_support/world/a-secret.ts';
import {
  aGuard,
  aHost,
  aListener,
  aMapping,
  aModule,
  annotated,
  aResolver,
  aService,
  inAnnotation,
  listed,
  problemLines,
  routesOf,
  storeOf,
  syncedStore,
  translated,
  type Manifest,
} from '../../../_support/world/builders.ts';
import { eventsOf } from '../../../_support/property/happening.ts';
import { someHistory } from '../../../_support/world/small-world.ts';

const carrying = (key: string, ...carried: readonly Manifest[]): Manifest =>
  annotated(aService(key), { 'getambassador.io/config': carried.map(inAnnotation).join('\n') });

const world = [aListener(), aHost('default/all')];

const isolated = { ambassadorId: 'default', namespace: 'gate', isolation: true } as const;

const of = (options: TranslateOptions, ...objects: readonly Manifest[]): Translation =>
  translate(options)(undefined, storeOf(...objects));

test('an object in an annotation is found by its name, and its routes are of it', (t) => {
  const translation = translated(
    ...world,
    carrying(
      'shop/web',
      aResolver('Endpoint', 'shop/Mine'),
      aMapping('shop/A_b', { resolver: 'Mine' }),
    ),
  );

  t.deepEqual(routesOf(translation)[0]?.from, ['Mapping shop/A_b']);
  t.deepEqual(
    problemLines(translation).filter((line) => line.includes('resolver')),
    [],
  );
});

const foreign = carrying('evil/web', aMapping('shop/a', { prefix: '/evil/', service: 'web.evil' }));

const refusal =
  'Service evil/web: metadata.annotations[getambassador.io/config], document 1, Mapping shop/a: namespace: ' +
  'expected evil, where the annotation is, got shop';

test('an annotation may be for another namespace, but not with isolation, unless its own is trusted', (t) => {
  const objects = [aListener('gate/http'), aHost('shop/all'), foreign];

  t.false(problemLines(translated(...objects)).includes(refusal));
  t.is(routesOf(translated(...objects)).length, 1);
  t.true(problemLines(of(isolated, ...objects)).includes(refusal));
  t.is(routesOf(of(isolated, ...objects)).length, 0);
  const trusted = of({ ...isolated, trustedNamespaces: ['evil'] }, ...objects);
  t.is(routesOf(trusted).length, 1);
});

test('with isolation what is in an annotation of a trusted namespace counts before what tenants have in theirs', (t) => {
  const mapping = (prefix: string): Manifest => aMapping('shop/a', { prefix, service: 'web' });
  const objects = [
    ...[aListener('gate/http'), aHost('shop/all')],
    carrying('an-evil-one/web', mapping('/evil/')),
    carrying('shop/web', mapping('/shop/')),
  ];
  const servedFor = (options: TranslateOptions, ...more: readonly Manifest[]): unknown => {
    const { store } = newPlane({ translation: options });
    const known = syncedStore(applyAll(store, listed([...objects, ...more])));
    return routesOf(translate(options)(undefined, known)).map(({ match }) => match.path);
  };
  const path = (value: string): unknown => [{ _tag: 'Prefix', value, caseSensitive: true }];
  const ofGate = carrying('gate/web', mapping('/gate/'));

  t.deepEqual(servedFor(isolated), path('/shop/'));
  t.deepEqual(servedFor(isolated, ofGate), path('/gate/'));
  t.deepEqual(servedFor({ ...isolated, isolation: false }, ofGate), path('/shop/'));
});

test('with isolation nothing follows from it either where it cannot be read', (t) => {
  const guards = [
    aGuard('AuthService', 'gate/auth', { proto: 'htp' }),
    aModule({ ip_deny: 'no' }, 'gate/ambassador'),
    aGuard('RateLimitService', 'gate/limits', {}),
    aGuard('TLSContext', 'shop/a-context', { cert_required: 'no' }),
  ];
  const objects = [
    aListener('gate/https', { protocol: 'HTTPS' }),
    aSecret('shop/cert'),
    aHost('shop/a', { hostname: 'a.example', tlsSecret: { name: 'cert' } }),
    aMapping('shop/m', { labels: { any: [{ all: ['key'] }] } }),
  ];
  const alone = of(isolated, ...objects);

  const beside = of(isolated, ...objects, carrying('evil/web', ...guards));
  assert.deepEqual([...entries(beside.ir.virtualHosts)], [...entries(alone.ir.virtualHosts)]);
  assert.deepEqual([...entries(beside.ir.filterChains)], [...entries(alone.ir.filterChains)]);
  assert.deepEqual([...entries(beside.ir.filters)], [...entries(alone.ir.filters)]);
  t.is(problemLines(beside).filter((line) => line.includes('expected evil')).length, 4);
  t.true(
    problemLines(beside).some((line) => line.includes('document 1, AuthService gate/auth: p')),
  );
});

test('by change comes what comes from nothing, also with isolation', (t) => {
  const start = applyAll(emptyStore, listed([aHost('default/h1'), aService('default/web')]));
  const step = translate({ ...isolated, namespace: 'default' });
  holds(
    t,
    fc.property(someHistory, (history) => {
      let store = start;
      let known: Translation | undefined;
      for (const batch of history) {
        store = applyAll(store, batch.flatMap(eventsOf));
        known = step(known, syncedStore(store));
        const afresh = step(undefined, syncedStore(store));
        assert.deepEqual([...entries(known.problems)], [...entries(afresh.problems)]);
        assert.deepEqual([...entries(known.ir.filters)], [...entries(afresh.ir.filters)]);
        assert.deepEqual([...entries(known.ir.virtualHosts)], [...entries(afresh.ir.virtualHosts)]);
      }
    }),
  );
});
