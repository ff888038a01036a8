import test from 'ava';

import { values } from '../../../../../src/collection/collection.ts';
import type { UpstreamTls } from '../../../../../src/ir/cluster.ts';
import type { ChainTls } from '../../../../../src/ir/filter-chain.ts';
import type { TranslateOptions } from '../../../../../src/translate/translate-options.ts';
import { translate, type Translation } from '../../../../../src/translate/translate.ts';
import { aSecret, certificateOf } from '../../../../_support/world/a-secret.ts';
import {
  aGuard,
  aHost,
  aListener,
  aMapping,
  aModule,
  createdIn,
  problemLines,
  storeOf,
  type Manifest,
} from '../../../../_support/world/builders.ts';

const options: TranslateOptions = { ambassadorId: 'default', namespace: 'gate' };

const translated = (objects: readonly Manifest[], more: Partial<TranslateOptions> = {}) =>
  translate({ ...options, ...more })(undefined, storeOf(...objects));

const context = (key: string, spec: object = {}): Manifest =>
  aGuard('TLSContext', key, { ...spec });

const authority = (key: string): Manifest => ({
  ...aSecret(key),
  type: 'Opaque',
  stringData: { 'tls.crt': certificateOf('one') },
});

/** How a Host of the namespace `shop` speaks TLS. */
const handshake = ({ ir }: Translation): ChainTls | undefined =>
  [...values(ir.filterChains)].find(({ name }) => name === 'tls/a.example')?.tls;

/** How the service of a Mapping of the namespace `shop` is spoken to. */
const spoken = ({ ir }: Translation): UpstreamTls | 'nothing' | undefined => {
  const [only] = values(ir.clusters);
  return only === undefined ? 'nothing' : only.tls;
};

const https = aListener('gate/https', { port: 8443, protocol: 'HTTPS' });
const host = (spec: object): readonly Manifest[] => [
  https,
  aSecret('shop/cert'),
  aHost('shop/a', { hostname: 'a.example', ...spec }),
];
const certified = { tlsSecret: { name: 'cert' } };
const mapping = (tls: string): readonly Manifest[] => [
  https,
  aHost('shop/all', {}),
  aMapping('shop/m', { tls, service: 'web' }),
];

const isolated = { isolation: true } as const;
const granted = { ...isolated, referenceGrants: [{ from: 'shop', to: 'blog' }] };

/** Which of TLSContexts of one name, told apart by their server names, a Mapping of `shop` means. */
const means = test.macro({
  exec(t, more: Partial<TranslateOptions>, keys: readonly string[], expected: string) {
    const contexts = keys.map((key, i) =>
      createdIn(2025 - i, context(`${key}/ctx`, { sni: `${key}.example` })),
    );
    const tls = spoken(translated([...mapping('ctx'), ...contexts], more));
    t.is(tls === 'nothing' ? tls : String(tls?.sni), expected);
  },
  title: (name = '') => `a TLSContext ${name}`,
});

test('of the same namespace counts first', means, {}, ['blog', 'gate', 'shop'], 'shop.example');
test('of the installation is next', means, {}, ['blog', 'gate'], 'gate.example');
test('of any other namespace is the oldest', means, {}, ['blog', 'yard'], 'yard.example');
test('of others is nobody’s with isolation', means, isolated, ['gate', 'blog'], 'nothing');
test('of others is found with a grant', means, granted, ['gate', 'blog'], 'blog.example');
test('of its own is found in isolation', means, isolated, ['blog', 'shop'], 'shop.example');

const unread = context('shop/ctx', { cert_required: 'yes' });
const foreign = context('blog/ctx', { secret: 'cert.shop' });

test('of the same namespace counts also where it cannot be read: what names it is closed', (t) => {
  t.is(spoken(translated([...mapping('ctx'), aSecret('shop/cert'), foreign, unread])), 'nothing');
  const objects = [...host({ ...certified, tlsContext: { name: 'ctx' } }), foreign];
  t.is(handshake(translated(objects))?._tag, 'Terminate');
  t.is(handshake(translated([...objects, unread]))?._tag, 'Refuse');
  t.deepEqual(
    problemLines(translated([...objects, unread])).filter((line) => line.startsWith('Host')),
    ['Host shop/a: spec.tlsContext: cannot be used, because TLSContext shop/ctx is not valid'],
  );
});

test('that is for another installation counts for nobody here, also where it cannot be read', (t) => {
  const others = context('shop/ctx', { cert_required: 'yes', ambassador_id: ['other'] });
  const met = { ...others, metadata: { ...others.metadata, uid: 'u', generation: 1 } };
  const objects = [...host({ ...certified, tlsContext: { name: 'ctx' } }), foreign, met];
  t.is(handshake(translated(objects))?._tag, 'Terminate');
});

test('a Host with settings of its own and a TLSContext obeys neither: one of them may ask for more', (t) => {
  const strict = context('shop/strict', { ca_secret: 'ca', cert_required: true });
  const objects = (spec: object) => [
    ...host({ ...certified, ...spec }),
    authority('shop/ca'),
    strict,
  ];
  const [tls, tlsContext] = [{ min_tls_version: 'v1.2' }, { name: 'strict' }];
  t.is(handshake(translated(objects({ tls })))?._tag, 'Terminate');
  const both = translated(objects({ tls, tlsContext }));
  t.is(handshake(both)?._tag, 'Refuse');
  t.deepEqual(problemLines(both), [
    'Host shop/a: spec.tlsContext: expected tls or tlsContext; handshakes are refused as long as it is not said which counts, got both',
    'TLSContext shop/strict: no effect: no Host, service or TCPMapping is in effect that uses it',
  ]);
});

test('a Host and a TLSContext agree on the certificate, or its handshakes are refused', (t) => {
  const with_ = (spec: object, tlsContext: object, ...more: readonly Manifest[]) =>
    translated([...host(spec), context('shop/ctx', tlsContext), ...more]);
  const named = { tlsContext: { name: 'ctx' } };
  t.like(handshake(with_({ ...certified, ...named }, { secret: 'cert' })), {
    certificates: ['shop/cert'],
  });
  t.like(handshake(with_(named, { secret: 'cert' })), { certificates: ['shop/cert'] });
  const other = with_({ ...certified, ...named }, { secret: 'other' }, aSecret('shop/other'));
  t.is(handshake(other)?._tag, 'Refuse');
  t.regex(problemLines(other).join('\n'), /spec.tlsSecret.*Secret shop\/cert.*Secret shop\/other/);
  const none = with_(named, { min_tls_version: 'v1.3' });
  t.is(handshake(none)?._tag, 'Refuse');
  t.regex(
    problemLines(none).join('\n'),
    /spec.tlsSecret: expected the Secret with the certificate/,
  );
});

test('settings of a Host count before a TLSContext that is called after it', (t) => {
  const called = context('shop/a-context', { min_tls_version: 'v1.3' });
  const inOthers = context('blog/a-context', { min_tls_version: 'v1.3' });
  const least = (spec: object, ...contexts: readonly Manifest[]) => {
    const tls = handshake(translated([...host({ ...certified, ...spec }), ...contexts]));
    return tls?._tag === 'Terminate' ? tls.settings?.parameters?.minVersion : tls;
  };
  t.is(least({}, called), '1.3');
  t.is(least({}, inOthers), undefined);
  t.is(least({ tls: { min_tls_version: 'v1.2' } }, called), '1.2');
  t.is(
    least({ tlsContext: { name: 'b' } }, called, context('shop/b', { min_tls_version: 'v1.1' })),
    '1.1',
  );
  const tls = { min_tls_version: 'v1.2' };
  t.deepEqual(problemLines(translated([...host({ ...certified, tls }), called])), [
    'Host shop/a: spec.tls: TLSContext shop/a-context, which is called after this Host, does not count beside it',
  ]);
});

test('a TLSContext that lists other Hosts counts, and its Host is told', (t) => {
  const found = translated([
    ...host({ ...certified, tlsContext: { name: 'ctx' } }),
    context('shop/ctx', { hosts: ['b.example'], alpn_protocols: 'h2' }),
  ]);
  t.like(handshake(found), { settings: { alpn: ['h2'] } });
  t.deepEqual(problemLines(found), [
    'Host shop/a: spec.tlsContext: TLSContext shop/ctx counts, although this Host is not among its hosts',
  ]);
});

/** Whether the authority of a name is found, and the Module says how names are read. */
const trusts = (
  name: string,
  at: string,
  spec: object = {},
  more: Partial<TranslateOptions> = {},
  ...others: readonly Manifest[]
): boolean => {
  const asked = context('shop/ctx', { ca_secret: name, ...spec });
  const tls = spoken(translated([...mapping('ctx'), asked, authority(at), ...others], more));
  return tls !== 'nothing' && tls?.verify !== undefined;
};

test('what follows the last dot of the name of a Secret is its namespace, unless it is said', (t) => {
  const plain = aModule({ defaults: { tls_secret_namespacing: false } }, 'gate/ambassador');
  t.true(trusts('ca', 'shop/ca'));
  t.true(trusts('ca.certs', 'certs/ca'));
  t.true(trusts('my.ca.certs', 'certs/my.ca'));
  t.false(trusts('ca.certs', 'shop/ca.certs'));
  t.true(trusts('ca.certs', 'shop/ca.certs', { secret_namespacing: false }));
  t.true(trusts('ca.certs', 'shop/ca.certs', {}, {}, plain));
  t.true(trusts('ca.certs', 'certs/ca', { secret_namespacing: true }, {}, plain));
});

test('with isolation a Secret of another namespace needs a grant, and nothing is told of it', (t) => {
  const grant = { ...isolated, referenceGrants: [{ from: 'shop', to: 'certs' }] };
  t.false(trusts('ca.certs', 'certs/ca', {}, isolated));
  t.true(trusts('ca.certs', 'certs/ca', {}, grant));
  const lines = (more: readonly Manifest[]) =>
    problemLines(
      translated([context('shop/ctx', { ca_secret: 'ca.certs' }), ...more], isolated),
    ).join('\n');
  t.is(lines([]), lines([authority('certs/ca')]));
});
