import test from 'ava';

import { get, values } from '../../../../../src/collection/collection.ts';
import { consulServiceName } from '../../../../../src/ir/endpoints.ts';
import type { Port } from '../../../../../src/ir/port.ts';
import { applyAll, emptyStore } from '../../../../../src/kube/store/object-store.ts';
import type { TranslateOptions } from '../../../../../src/translate/translate-options.ts';
import { translate } from '../../../../../src/translate/translate.ts';
import {
  aConsulResolver,
  aHost,
  aListener,
  aMapping,
  listed,
  problemLines,
  syncedStore,
  type Manifest,
} from '../../../../_support/world/builders.ts';

const plain: TranslateOptions = { ambassadorId: 'default', namespace: 'edge', allowAddresses: [] };
const isolated: TranslateOptions = { ...plain, isolation: true };
const world = [aListener('edge/l'), aHost('edge/h')];
const spec = { address: 'consul:8500', datacenter: 'dc1' };
const shop = consulServiceName('shop/dc1', 'web');

const meaning = (options: TranslateOptions, ...objects: readonly Manifest[]) => {
  const store = applyAll(emptyStore, [
    ...listed([...world, ...objects]),
    {
      ...{ _tag: 'ConsulAnswered', service: shop },
      endpoints: ['10.0.0.1', '127.0.0.1'].map((address) => ({ address, port: 80 as Port })),
    } as const,
  ]);
  return translate(options)(undefined, syncedStore(store));
};

const mappingIn = (namespace: string) =>
  aMapping(`${namespace}/m`, { hostname: '*', prefix: '/', service: 'web', resolver: 'dc1' });

/** What is asked. */
const asked = (options: TranslateOptions, ...objects: readonly Manifest[]) =>
  [...values(meaning(options, ...objects).ir.endpoints)].map((one) => one.asked);

test('a resolver is asked for what refers to it, with the token', (t) => {
  const resolver = aConsulResolver('shop/dc1', spec);

  t.deepEqual(asked(plain, resolver), []);
  t.deepEqual(asked(plain, resolver, mappingIn('shop')), [
    { ...spec, isTrusted: true, service: 'web' },
  ]);
});

test('of an answer what is no address of a service is left out', (t) => {
  const found = meaning(plain, aConsulResolver('shop/dc1', spec), mappingIn('shop'));

  t.deepEqual(
    get(found.ir.endpoints, shop)?.endpoints.map(({ address }) => address),
    ['10.0.0.1'],
  );
  t.true(
    problemLines(found).some((line) => line.startsWith('ConsulResolver shop/dc1: expected IP')),
  );
});

test('in isolated namespaces only resolvers of trusted ones are sent the token', (t) => {
  const inShop = [aConsulResolver('shop/dc1', spec), mappingIn('shop')];

  t.deepEqual(asked(isolated, ...inShop), [{ ...spec, isTrusted: false, service: 'web' }]);
  t.deepEqual(asked({ ...isolated, trustedNamespaces: ['shop'] }, ...inShop), [
    { ...spec, isTrusted: true, service: 'web' },
  ]);
});

test('the resolver of the installation is for isolated namespaces that may refer to it', (t) => {
  const ofEdge = [aConsulResolver('edge/dc1', spec), mappingIn('shop')];

  t.deepEqual(asked(isolated, ...ofEdge), []);
  t.true(problemLines(meaning(isolated, ...ofEdge)).some((line) => line.includes('spec.resolver')));
  t.is(
    asked({ ...isolated, referenceGrants: [{ from: 'shop', to: 'edge' }] }, ...ofEdge).length,
    1,
  );
  t.is(asked(plain, ...ofEdge).length, 1);
});

test('the built-in one is on loopback, and nobody is asked where that is refused', (t) => {
  const mapping = aMapping('shop/m', {
    hostname: '*',
    prefix: '/',
    service: 'web',
    resolver: 'consul',
  });

  t.deepEqual(asked(plain, mapping), [undefined]);
  t.deepEqual(asked({ ...plain, allowAddresses: ['loopback'] }, mapping), [
    { address: '127.0.0.1:8500', datacenter: 'dc1', isTrusted: true, service: 'web' },
  ]);
  t.deepEqual(asked({ ...isolated, allowAddresses: ['loopback'] }, mapping), []);
});
