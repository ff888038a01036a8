import test from 'ava';

import { set, values } from '../../../../../src/collection/collection.ts';
import type { Host } from '../../../../../src/kube/emissary/host.ts';
import type { SyncedStore } from '../../../../../src/kube/store/object-store.ts';
import { contentOf, withContent } from '../../../../../src/quarantine/content.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import {
  aHost,
  aListener,
  aMapping,
  createdIn,
  problemLines,
  routesOf,
  showRoute,
  step,
  storeOf,
  virtualHosts,
  type Manifest,
} from '../../../../_support/world/builders.ts';

const tlsSecret = { name: 'cert' };
const wide = aHost('shop/wide', { hostname: '*.example', tlsSecret });
const world: readonly Manifest[] = [
  aListener('shop/https', { port: 8443, protocol: 'HTTPS' }),
  aSecret('shop/cert'),
  aMapping('shop/m', { hostname: 'a.example' }),
];
const strict = (spec: object, key = 'shop/a'): Manifest =>
  aHost(key, { hostname: 'a.example', tlsSecret, tls: { ca_secret: 'ca' }, ...spec });
const illegible = { tls: { ca_secret: 'ca', cert_required: 'yes' } };

/** What becomes of a handshake for `a.example`, by the narrowest chain around it. */
const handshakeIn = (store: SyncedStore): string | undefined => {
  const chains = new Map(
    [...values(step(undefined, store).ir.filterChains)].map((one) => [one.name, one]),
  );
  return (chains.get('tls/a.example') ?? chains.get('tls/*.example'))?.tls?._tag;
};

const handshake = (...objects: readonly Manifest[]): string | undefined =>
  handshakeIn(storeOf(...world, ...objects));

test('a Host with TLS that cannot be read keeps its name from a wider one', (t) => {
  t.is(handshake(wide), 'Terminate');
  t.is(handshake(wide, strict(illegible)), 'Refuse');
  t.is(handshake(wide, strict({ tlsSecret: 7 })), 'Refuse');
  t.is(handshake(wide, strict({ tlsContext: { name: 'both' } })), 'Refuse');
  const told = step(undefined, storeOf(...world, wide, strict(illegible)));
  t.deepEqual(routesOf(told, 'a.example', 'listener-8443/tls/*.example').map(showRoute), [
    '/ → 421',
  ]);
  t.deepEqual(
    problemLines(told).filter((line) => line.startsWith('Host')),
    ['Host shop/a: spec.tls.cert_required: expected true or false, got "yes"; did you mean true?'],
  );
});

test('one that says nothing of TLS, or not which name it is for, or is for others, does not', (t) => {
  const rest = { tls: undefined, tlsSecret: undefined };
  t.is(handshake(wide, strict({ ...rest, requestPolicy: 'Route' })), 'Terminate');
  t.is(handshake(wide, strict({ ...illegible, hostname: 7 })), 'Terminate');
  t.is(handshake(wide, strict({ ...illegible, ambassador_id: ['other'] })), 'Terminate');
});

test('of one name a Host of its namespace that can be read comes first, whatever its age', (t) => {
  const plain = aHost('shop/b', { hostname: 'a.example', tlsSecret });
  t.is(handshake(createdIn(2026, plain), createdIn(2020, strict(illegible))), 'Terminate');
  const foreign = aHost('evil/b', { hostname: 'a.example', tlsSecret });
  const evil = [aSecret('evil/cert'), createdIn(2026, foreign)];
  t.is(handshake(...evil, createdIn(2020, strict(illegible))), 'Refuse');
  t.is(handshake(...evil, createdIn(2027, strict(illegible))), 'Terminate');
});

test('where it is the only Host there is no default one that serves everything in cleartext', (t) => {
  const { ir } = step(undefined, storeOf(...world, strict(illegible)));
  t.deepEqual(
    virtualHosts(ir).map(({ table, domain }) => `${table} ${domain}`),
    ['listener-8443/cleartext a.example'],
  );
});

test('a Host with TLS that Envoy refuses, and never accepted, keeps its name, too', (t) => {
  const store = storeOf(...world, wide, strict({ tls: { cipher_suites: ['ALL', '!ALL'] } }));
  const content = contentOf(store, 'Host shop/a') as Host;
  const without = withContent(store, 'Host shop/a', undefined);
  t.is(handshakeIn(without), 'Terminate');
  t.is(
    handshakeIn({ ...without, withheld: set(store.withheld, 'Host shop/a', content) }),
    'Refuse',
  );
});
