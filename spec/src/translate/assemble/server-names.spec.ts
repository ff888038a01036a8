import test from 'ava';

import { values } from '../../../../src/collection/collection.ts';
import { plainCertificate } from '../../../../src/ir/server-name.ts';
import type { Translation } from '../../../../src/translate/translate.ts';
import { aSecret } from '../../../_support/world/a-secret.ts';
import { anHttpsListener } from '../../../_support/world/an-https-listener.ts';
import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  routesOf,
  showRoute,
  translated,
  type Manifest,
} from '../../../_support/world/builders.ts';

const tlsSecret = { name: 'cert' };
const other = { name: 'other' };
const secrets = [aSecret('default/cert'), aSecret('default/other', 'two')];

const https = (tlsLayout?: string, key = 'default/https', port = 8443): Manifest =>
  tlsLayout === undefined
    ? aListener(key, { port, protocol: 'HTTPS' })
    : anHttpsListener(tlsLayout, key, port);

const chainsOf = ({ ir }: Translation): readonly string[] =>
  [...values(ir.filterChains)]
    .filter(({ tls }) => tls !== undefined)
    .map(
      ({ listener, name, carries }) =>
        `${listener} ${name} → ${'table' in carries && carries.table}`,
    )
    .sort();

const certificatesOf = ({ ir }: Translation): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...values(ir.certificates)].map((served) => [
      served.names,
      plainCertificate(served) ?? 'refused',
    ]),
  );

test('TLS Hosts share one chain and one table, and each has its certificate', (t) => {
  const translation = translated(
    https('on-demand'),
    ...secrets,
    aHost('default/a', { hostname: 'A.example', tlsSecret }),
    aHost('default/b', { hostname: '*.b.example', tlsSecret: other }),
    aHost('default/c', { hostname: 'c.b.example', tlsSecret, tls: { ca_secret: 'none' } }),
    aHost('default/d', { hostname: 'd.example', tlsSecret: { name: 'missing' } }),
    aHost('default/e', { hostname: 'e.example' }),
  );
  t.deepEqual(chainsOf(translation), ['listener-8443 tls → listener-8443/tls']);
  t.deepEqual(certificatesOf(translation), {
    'a.example': 'default/cert',
    '*.b.example': 'default/other',
    'c.b.example': 'refused',
    'd.example': 'refused',
  });
  t.deepEqual([...values(translation.ir.secrets)].map(({ name }) => name).sort(), [
    'default/cert',
    'default/other',
  ]);
});

test('who began a handshake before the chains came back is given the same certificates', (t) => {
  const hosts = [
    ...secrets,
    aHost('default/a', { hostname: 'a.example', tlsSecret }),
    aHost('default/b', { hostname: '*.b.example', tlsSecret: other }),
    aHost('default/d', { hostname: 'd.example', tlsSecret: { name: 'missing' } }),
  ];
  const onDemand = translated(https('on-demand'), ...hosts);
  const inChains = translated(https('chains'), ...hosts);
  t.is(chainsOf(inChains).length, 3);
  t.deepEqual(certificatesOf(inChains), certificatesOf(onDemand));
});

test('of Hosts with one name the first that has a certificate counts', (t) => {
  const translation = translated(
    https('on-demand'),
    ...secrets,
    aHost('default/a', { hostname: 'x.example', tlsSecret: { name: 'missing' } }),
    aHost('default/b', { hostname: 'x.example', tlsSecret: other }),
    aHost('default/c', { hostname: 'x.example', tlsSecret }),
  );
  t.deepEqual(certificatesOf(translation), { 'x.example': 'default/other' });
});

test('a request on a connection for another Host is misdirected', (t) => {
  const translation = translated(
    https('on-demand'),
    ...secrets,
    aHost('default/a', { hostname: 'a.example', tlsSecret }),
    aHost('default/b', { hostname: '*.b.example', tlsSecret }),
    aMapping('default/all'),
    aMapping('default/named', { hostname: 'n.b.example' }),
  );
  const routes = (domain: string): readonly string[] =>
    routesOf(translation, domain, 'listener-8443/tls').map(showRoute);
  t.is(routes('a.example')[0], '/ x-headgate-sni!=a.example → 421');
  t.is(routes('*.b.example')[0], '/ x-headgate-sni!=.b.example → 421');
  t.is(routes('n.b.example')[0], '/ x-headgate-sni!=.b.example → 421');
  t.deepEqual(routes('*'), ['/ → 421']);
  t.deepEqual(routesOf(translation, 'a.example', 'listener-8443/cleartext').map(showRoute), [
    '/ → cluster_web_80_default',
  ]);
});

test('the Host `*` takes what no other Host does, from any connection', (t) => {
  const hosts = [aHost('default/any', { hostname: '*', tlsSecret }), aMapping('default/all')];
  for (const layout of ['on-demand', 'chains']) {
    const table = layout === 'chains' ? 'listener-8443/tls/*' : 'listener-8443/tls';
    const translation = translated(https(layout), ...secrets, ...hosts);
    t.deepEqual(routesOf(translation, '*', table).map(showRoute), ['/ → cluster_web_80_default']);
  }
});

test('in a table of its own a Host answers for no other', (t) => {
  const translation = translated(
    https(),
    ...secrets,
    aHost('default/a', { hostname: 'a.example', tlsSecret }),
  );
  t.deepEqual(routesOf(translation, '*', 'listener-8443/tls/a.example').map(showRoute), [
    '/ → 421',
  ]);
});

test('Listeners that would serve other certificates for a name do not both do so on demand', (t) => {
  const two = (...hosts: readonly Manifest[]): Translation =>
    translated(
      https('on-demand'),
      https('on-demand', 'team/https', 9443),
      { ...aListener('default/shop', { port: 7443, protocol: 'HTTPS' }) },
      ...secrets,
      ...hosts,
    );
  const agreeing = two(aHost('default/a', { hostname: 'a.example', tlsSecret }));
  t.deepEqual(chainsOf(agreeing), [
    'listener-7443 tls/a.example → listener-7443/tls/a.example',
    'listener-8443 tls → listener-8443/tls',
    'listener-9443 tls → listener-9443/tls',
  ]);
  t.deepEqual(problemLines(agreeing), []);

  const self = { hostBinding: { namespace: { from: 'SELF' } } };
  const own = https('on-demand', 'team/https', 9443);
  const differing = translated(
    https('on-demand'),
    { ...own, spec: { ...(own['spec'] as object), ...self } },
    ...secrets,
    aHost('default/a', { hostname: 'a.example', tlsSecret }),
    aHost('team/b', { hostname: 'b.example', tlsSecret: { name: 'cert', namespace: 'default' } }),
  );
  t.deepEqual(chainsOf(differing), [
    'listener-8443 tls → listener-8443/tls',
    'listener-9443 tls/b.example → listener-9443/tls/b.example',
  ]);
  t.deepEqual(problemLines(differing), [
    'Listener team/https: metadata.annotations["headgate.io/tls-layout"]: both would fetch certificates on demand, and differ in what they serve for a name; Listener default/https wins',
  ]);
});

test('from so many TLS Hosts on certificates come on demand, by themselves', (t) => {
  const many = (count: number): Translation =>
    translated(
      https(),
      ...secrets,
      ...Array.from({ length: count }, (_, n) =>
        aHost(`default/h${n}`, { hostname: `h${n}.example`, tlsSecret }),
      ),
    );
  t.is(chainsOf(many(256)).length, 256);
  t.deepEqual(chainsOf(many(257)), ['listener-8443 tls → listener-8443/tls']);
});

test('a layout that there is not is a problem, and the size decides', (t) => {
  const translation = translated(
    https('both'),
    ...secrets,
    aHost('default/a', { hostname: 'a.example', tlsSecret }),
  );
  t.deepEqual(problemLines(translation), [
    'Listener default/https: metadata.annotations["headgate.io/tls-layout"]: expected one of "auto", "chains", "on-demand", got "both"',
  ]);
  t.deepEqual(chainsOf(translation), ['listener-8443 tls/a.example → listener-8443/tls/a.example']);
});

test('no other annotation is kept', (t) => {
  const { ir } = translated(https('chains'), ...secrets, aHost('default/a', { tlsSecret }));
  t.is(ir.listeners.size, 1);
  t.notRegex(JSON.stringify(ir), /example.com\/note/);
});
