import test from 'ava';

import { from } from '../../../../../src/collection/collection.ts';
import { objectRef, type ObjectKey } from '../../../../../src/ir/object-ref.ts';
import { resolverNamed } from '../../../../../src/translate/emissary/upstream/resolver.ts';
import type { TranslateOptions } from '../../../../../src/translate/translate-options.ts';
import { translate, type Translation } from '../../../../../src/translate/translate.ts';
import {
  aHost,
  aListener,
  aMapping,
  aResolver,
  aService,
  aSlice,
  createdIn,
  problemLines,
  storeOf,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';
import { aGrant } from '../../../../_support/world/gateway-api/builders.ts';

/** A Mapping that names the resolver `mine`, and the resolvers there are. */
const withResolvers = (...resolvers: readonly Manifest[]): Translation =>
  translated(
    aListener(),
    aHost('shop/all'),
    aService('shop/web'),
    aSlice('shop/web-1', 'web', ['10.0.0.1']),
    aMapping('shop/web', { resolver: 'mine' }),
    ...resolvers,
  );

/** Which resolver the name stands for: only one sends endpoints. */
const found = (translation: Translation): string => {
  const problem = problemLines(translation)[0];
  return problem ?? (translation.ir.endpoints.size === 1 ? 'endpoint' : 'service');
};

test('a resolver of the own namespace comes first, then one of Headgate, whatever their ages', (t) => {
  const older = createdIn(2023, aResolver('Endpoint', 'infra/mine'));
  const ofHeadgate = createdIn(2024, aResolver('Service', 'default/mine'));
  const own = createdIn(2025, aResolver('Endpoint', 'shop/mine'));
  t.is(found(withResolvers(older, ofHeadgate, own)), 'endpoint');
  t.is(found(withResolvers(older, ofHeadgate)), 'service');
  t.is(found(withResolvers(older)), 'endpoint');
});

test('of resolvers elsewhere the oldest counts, so that nobody changes what a name stands for', (t) => {
  const first = createdIn(2024, aResolver('Endpoint', 'infra/mine'));
  const later = createdIn(2025, aResolver('Service', 'aaa/mine'));
  t.is(found(withResolvers(first, later)), 'endpoint');
  t.is(
    found(
      withResolvers(
        aResolver('Endpoint', 'aaa/mine'),
        createdIn(2025, aResolver('Service', 'zzz/mine')),
      ),
    ),
    'service',
  );
});

test('without any of the name the Mapping says so', (t) => {
  t.is(
    found(withResolvers()),
    'Mapping shop/web: spec.resolver: Resolver shop/mine does not exist',
  );
});

const options: TranslateOptions = { ambassadorId: 'default', namespace: 'gateway' };
const isolated: TranslateOptions = { ...options, isolation: true };
const granted = { ...isolated, referenceGrants: [{ from: 'shop', to: 'blog' }] };

/** What the name `mine` means to a Mapping of the namespace `shop`, with these endpoint resolvers. */
const means = test.macro({
  exec(t, chosen: TranslateOptions, keys: readonly ObjectKey[], expected: 'endpoint' | undefined) {
    const endpoints = from(
      keys.map(
        (key) =>
          [
            key,
            { ref: objectRef('KubernetesEndpointResolver', key), resolver: 'endpoint' },
          ] as const,
      ),
    );
    t.is(
      resolverNamed('mine', { kind: 'Mapping', namespace: 'shop' }, chosen, (table) =>
        table === 'endpointResolvers' && keys.length > 0 ? (endpoints as never) : undefined,
      ),
      expected,
    );
  },
  title: (name = '') => `a resolver ${name}`,
});

test('of the same namespace is found', means, isolated, ['shop/mine', 'blog/mine'], 'endpoint');
test('of the installation is found', means, isolated, ['gateway/mine', 'blog/mine'], 'endpoint');
test('of another namespace is found', means, options, ['blog/mine'], 'endpoint');
test('of another namespace is not found with isolation', means, isolated, ['blog/mine'], undefined);
test(
  'of the namespace that may be referred to is found',
  means,
  granted,
  ['aaa/mine', 'blog/mine'],
  'endpoint',
);
test('that nobody has is not found', means, options, [], undefined);

test('of another namespace is found with isolation where a ReferenceGrant allows it', (t) => {
  const isAllowed = (grant: Manifest): boolean => {
    const { ir } = translate({ ...options, isolation: true })(
      undefined,
      storeOf(
        aListener(),
        aHost('shop/all'),
        aService('shop/web'),
        aMapping('shop/web', { resolver: 'mine' }),
        aResolver('Endpoint', 'infra/mine'),
        grant,
      ),
    );
    return ir.endpoints.size === 1;
  };
  const grant = (namespace: string, to: object = {}): Manifest =>
    aGrant('infra/grant', namespace, {
      from: [{ group: 'getambassador.io', kind: 'Mapping', namespace }],
      to: [{ group: 'getambassador.io', kind: 'KubernetesEndpointResolver', ...to }],
    });
  t.true(isAllowed(grant('shop')));
  t.true(isAllowed(grant('shop', { name: 'mine' })));
  t.false(isAllowed(grant('shop', { name: 'yours' })));
  t.false(isAllowed(grant('blog')));
});
