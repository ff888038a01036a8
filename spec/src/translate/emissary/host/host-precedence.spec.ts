import test, { type ExecutionContext } from 'ava';

import { values } from '../../../../../src/collection/collection.ts';
import { secretsOfChain } from '../../../../../src/ir/filter-chain.ts';
import { plainCertificate } from '../../../../../src/ir/server-name.ts';
import type { Translation } from '../../../../../src/translate/translate.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import { anHttpsListener } from '../../../../_support/world/an-https-listener.ts';
import {
  aHost,
  aMapping,
  problemLines,
  routesOf,
  showRoute,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';

const certified = { tlsSecret: { name: 'cert' } };
const unhappy = { tlsSecret: { name: 'missing' } };
const guarded = { ...certified, tls: { cert_required: true } };
const redirecting = { requestPolicy: { insecure: { action: 'Redirect' } } };

/** Two Hosts of one hostname beside each other, on a Listener with each of the layouts. */
const withHosts = (
  layout: string,
  hostname: string,
  first: object,
  second: object,
  ...more: readonly Manifest[]
): Translation =>
  translated(
    anHttpsListener(layout),
    aSecret('default/cert'),
    aHost('default/a', { hostname, ...first }),
    aHost('default/b', { hostname, ...second }),
    aMapping('default/all'),
    ...more,
  );

const inBothLayouts = (
  title: string,
  body: (t: ExecutionContext, layout: 'chains' | 'on-demand') => void,
): void => {
  test(`${title} (a chain for each)`, (t) => body(t, 'chains'));
  test(`${title} (certificates on demand)`, (t) => body(t, 'on-demand'));
};

/** What is served to who asks for a name, by its chain and on demand: a Secret, or nothing. */
const servedFor = ({ ir }: Translation, name: string): readonly string[] => {
  const byChain = [...values(ir.filterChains)]
    .filter(({ tls }) => tls?.serverNames.includes(name) === true)
    .map((chain) => secretsOfChain(chain)[0] ?? 'refused');
  const onDemand = [...values(ir.certificates)]
    .filter(({ names }) => names === name)
    .map((served) => plainCertificate(served) ?? 'refused');
  return [...new Set([...byChain, ...onDemand])];
};

const onCleartext = (translation: Translation, domain: string): readonly string[] =>
  routesOf(translation, domain, 'listener-8443/cleartext').map(showRoute);

/** Whom the Host that lost is told to have lost against. */
const winners = (translation: Translation): readonly string[] => [
  ...new Set(
    problemLines(translation)
      .filter((line) => line.includes('is claimed by another Host'))
      .map((line) => line.replace(/^(\S+ \S+): .*; (.*)$/, '$1: $2')),
  ),
];

inBothLayouts('a Host that must refuse TLS is not served through another', (t, layout) => {
  const translation = withHosts(layout, 'x.example', certified, guarded);
  t.deepEqual(servedFor(translation, 'x.example'), ['refused']);
  t.deepEqual(winners(translation), ['Host default/a: Host default/b wins']);
});

inBothLayouts('nor is it in cleartext, unless it says so itself', (t, layout) => {
  const closed = { ...guarded, ...redirecting };
  const redirected = withHosts(layout, 'x.example', certified, closed);
  t.deepEqual(onCleartext(redirected, 'x.example'), [
    '/ x-forwarded-proto=https → cluster_web_80_default',
    '/ → redirect 301',
  ]);
  const routed = withHosts(layout, 'x.example', { ...certified, ...redirecting }, guarded);
  t.deepEqual(onCleartext(routed, 'x.example'), ['/ → cluster_web_80_default']);
});

inBothLayouts('a Host whose certificate is missing leaves its name to another', (t, layout) => {
  const translation = withHosts(layout, 'x.example', unhappy, certified);
  t.deepEqual(servedFor(translation, 'x.example'), ['default/cert']);
  t.deepEqual(winners(translation), ['Host default/a: Host default/b wins']);
});

inBothLayouts('of two that must refuse, and of two with a certificate, the first', (t, layout) => {
  for (const [spec, served] of [
    [guarded, 'refused'],
    [certified, 'default/cert'],
  ] as const) {
    const translation = withHosts(layout, 'x.example', spec, spec);
    t.deepEqual(servedFor(translation, 'x.example'), [served]);
    t.deepEqual(winners(translation), ['Host default/b: Host default/a wins']);
  }
});

inBothLayouts('the names of Mappings inside a wildcard go with it', (t, layout) => {
  const shop = aMapping('default/shop', { hostname: 'shop.example', service: 'shop' });
  const translation = withHosts(layout, '*.example', unhappy, certified, shop);
  const table = layout === 'chains' ? 'listener-8443/tls/*.example' : 'listener-8443/tls';
  t.true(
    routesOf(translation, 'shop.example', table)
      .map(showRoute)
      .includes('/ → cluster_shop_80_default'),
  );
});

test('where all share a table, the names inside a wildcard that must refuse are misdirected', (t) => {
  const shop = aMapping('default/shop', { hostname: 'shop.example', service: 'shop' });
  const translation = withHosts('on-demand', '*.example', certified, guarded, shop);
  t.deepEqual(routesOf(translation, 'shop.example', 'listener-8443/tls').map(showRoute), [
    '/ → 421',
  ]);
});
