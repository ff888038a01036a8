import test from 'ava';

import { entries, get, keys, values } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import type { FilterChain } from '../../../../src/ir/filter-chain.ts';
import { plainCertificate } from '../../../../src/ir/server-name.ts';
import { emissary } from '../../../../src/translate/emissary/emissary.ts';
import { translateLanguages, type Translation } from '../../../../src/translate/translate.ts';
import { makeSnapshot } from '../../../../src/xds/make-snapshot.ts';
import { inconsistencies } from '../../../_support/xds/inconsistencies.ts';
import { plain } from '../../../_support/world/language/a-plain-language.ts';
import { aPlainService, servings } from '../../../_support/world/language/plain-services.ts';
import { aSecret } from '../../../_support/world/a-secret.ts';
import { anHttpsListener } from '../../../_support/world/an-https-listener.ts';
import {
  aHost,
  aListener,
  problemLines,
  storeOf,
  type Manifest,
} from '../../../_support/world/builders.ts';

const translated = (...objects: readonly Manifest[]): Translation =>
  atOnce(translateLanguages([emissary({ ambassadorId: 'default', namespace: 'default' }), plain]))(
    undefined,
    storeOf(aSecret('default/cert'), aSecret('default/other', 'two'), ...objects),
  );

/** Each chain: what becomes of handshakes, and where what it carries goes. */
const chainsOf = ({ ir }: Translation): Readonly<Record<string, string>> =>
  Object.fromEntries([...entries(ir.filterChains)].map(([key, chain]) => [key, shown(chain)]));

const shown = ({ tls, carries }: FilterChain): string =>
  `${tls?._tag ?? 'Cleartext'} → ${carries._tag} ${targetOf(carries)}`;

const targetOf = (carries: FilterChain['carries']): string => {
  switch (carries._tag) {
    case 'Http':
      return carries.table;
    case 'Tcp':
      return carries.backends.map(({ cluster }) => cluster).join();
    case 'Udp':
      return carries.cluster;
  }
};

const https = aListener('default/https', { port: 8443, protocol: 'HTTPS' });

/** The Host `*.example`, which is served over TLS. */
const wide = aHost('default/wide', { hostname: '*.example', tlsSecret: { name: 'cert' } });

test('a bare port carries whatever comes to it, and is from who asks for it', (t) => {
  const translation = translated(
    aPlainService({ name: 'a', port: 9000, domain: '*', serves: 'TCP' }),
  );
  t.deepEqual(chainsOf(translation), { 'listener-9000 cleartext': 'Cleartext → Tcp plain-9000' });
  t.deepEqual(get(translation.ir.filterChains, 'listener-9000 cleartext')?.from, [
    'Service plain/a',
  ]);
  t.is(get(translation.ir.listeners, 'listener-9000')?.tlsInspector, false);
  t.is(translation.ir.virtualHosts.size, 0);
});

test('a port is another address over UDP than over TCP, with an owner of its own', (t) => {
  const translation = translated(
    aPlainService({ name: 'a', port: 9000, domain: '*', serves: 'TCP' }),
    aPlainService({ name: 'b', port: 9000, domain: '*', serves: 'UDP' }),
  );
  t.deepEqual(chainsOf(translation), {
    'listener-9000 cleartext': 'Cleartext → Tcp plain-9000',
    'listener-9000-udp cleartext': 'Cleartext → Udp plain-9000',
  });
  t.deepEqual(
    [...values(translation.ir.listeners)].map(({ transport, from }) => [transport, from]).sort(),
    [
      ['tcp', ['Service plain/a']],
      ['udp', ['Service plain/b']],
    ],
  );
  t.deepEqual(problemLines(translation), []);
});

test('on one port names are served each in its own way', (t) => {
  const translation = translated(
    https,
    wide,
    aPlainService({ name: 'a', port: 8443, domain: 'a.example', serves: 'PassThrough' }),
    aPlainService({ name: 'b', port: 8443, domain: 'b.example', serves: 'Unwrapped' }),
    aPlainService({ name: 'c', port: 8443, domain: 'c.example', serves: 'TwoCertificates' }),
    aHost('default/d', { hostname: 'd.example', tlsSecret: { name: 'missing' } }),
  );
  t.deepEqual(chainsOf(translation), {
    'listener-8443 cleartext': 'Cleartext → Http listener-8443/cleartext',
    'listener-8443 tls/*.example': 'Terminate → Http listener-8443/tls/*.example',
    'listener-8443 tls/a.example': 'PassThrough → Tcp plain-8443',
    'listener-8443 tls/b.example': 'Terminate → Tcp plain-8443',
    'listener-8443 tls/c.example': 'Terminate → Http listener-8443/tls/c.example',
    'listener-8443 tls/d.example': 'Refuse → Http listener-8443/refused',
  });
  t.like(get(translation.ir.filterChains, 'listener-8443 tls/c.example')?.tls, {
    certificates: ['default/cert', 'default/other'],
  });
});

test('a connection for a wider name is not for one that is served in another way', (t) => {
  const { ir } = translated(
    https,
    wide,
    aPlainService({ name: 'a', port: 8443, domain: 'a.example', serves: 'PassThrough' }),
    aPlainService({ name: 'b', port: 8443, domain: '*.b.example', serves: 'PassThrough' }),
    aHost('default/c', { hostname: 'c.b.example', tlsSecret: { name: 'cert' } }),
  );
  const overTls = [...values(ir.virtualHosts)]
    .filter(({ table, routes }) => table.startsWith('listener-8443/tls') && routes.length > 0)
    .map(({ table, domain, routes }) => `${table} ${domain} ${routes[0]?.action._tag}`);
  t.deepEqual(overTls.sort(), [
    'listener-8443/tls/*.example * Respond',
    'listener-8443/tls/*.example *.b.example Respond',
    'listener-8443/tls/*.example a.example Respond',
    'listener-8443/tls/*.example c.b.example Respond',
    'listener-8443/tls/c.b.example * Respond',
  ]);
});

test('HTTP connections of a listener share their options', (t) => {
  const { ir } = translated(https, wide);
  const options = new Set(
    [...values(ir.filterChains)].map(({ carries }) => 'options' in carries && carries.options),
  );
  t.is(ir.filterChains.size, 2);
  t.is(options.size, 1);
});

test('a listener with a name of its own kind keeps its chains, and says so if it was told otherwise', (t) => {
  const translation = translated(
    anHttpsListener('on-demand', 'default/https', 8443),
    wide,
    aPlainService({ name: 'a', port: 8443, domain: 'a.example', serves: 'PassThrough' }),
  );
  t.deepEqual([...keys(translation.ir.filterChains)].sort(), [
    'listener-8443 cleartext',
    'listener-8443 tls/*.example',
    'listener-8443 tls/a.example',
  ]);
  t.deepEqual(problemLines(translation).slice(0, 1), [
    'Listener default/https: metadata.annotations["headgate.io/tls-layout"]: certificates cannot be fetched on demand: a.example is not served by a certificate alone; Service plain/a wins',
  ]);
});

test('who asks for a name by its certificate alone is given none where there is more to it', (t) => {
  const { ir } = translated(
    https,
    anHttpsListener('on-demand', 'default/second', 9443),
    wide,
    aPlainService({ name: 'a', port: 8443, domain: 'a.example', serves: 'TwoCertificates' }),
    aPlainService({ name: 'b', port: 8443, domain: 'b.example', serves: 'Unwrapped' }),
  );
  t.deepEqual(
    [...values(ir.certificates)].map((one) => [one.names, plainCertificate(one)]).sort(),
    [
      ['*.example', 'default/cert'],
      ['a.example', undefined],
      ['b.example', undefined],
    ],
  );
});

test('a name can be for clients with a certificate alone, whose authorities come with it', (t) => {
  const { ir } = translated(
    aPlainService({ name: 'a', port: 9000, domain: 'a.example', serves: 'Verified' }),
  );
  t.like(get(ir.filterChains, 'listener-9000 tls/a.example')?.tls, {
    settings: { clients: { trust: 'trust://plain/clients', admits: 'Verified' } },
  });
  t.deepEqual(get(ir.trustBundles, 'trust://plain/clients')?.from, ['Service plain/a']);
  t.deepEqual([...values(ir.certificates)].map(plainCertificate), [undefined]);
});

test('whatever chains refer to is there', (t) => {
  const { ir } = translated(
    https,
    wide,
    ...servings.map((serves, i) =>
      aPlainService({ name: `s${i}`, port: 9000 + i, domain: 'a.example', serves }),
    ),
  );
  const { resources } = makeSnapshot(undefined, ir);
  t.deepEqual(inconsistencies(ir, resources), []);
  t.is(ir.listeners.size, 8);
});
