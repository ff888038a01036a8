import test from 'ava';

import { get, values } from '../../../../../src/collection/collection.ts';
import type { FilterChainKey } from '../../../../../src/ir/filter-chain.ts';
import { translate, type Translation } from '../../../../../src/translate/translate.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import {
  aGuard,
  aHost,
  aListener,
  annotated,
  aTcpMapping,
  createdIn,
  problemLines,
  storeOf,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';

const handshake = ({ ir }: Translation, key: FilterChainKey): string | undefined =>
  get(ir.filterChains, key)?.tls?._tag;

const isolated = translate({ ambassadorId: 'default', namespace: 'headgate', isolation: true });

const context = (key: string, spec: object = {}): Manifest =>
  aGuard('TLSContext', key, { hosts: ['a.example'], secret: 'cert', ...spec });

/** The server name a.example of a TCPMapping in the namespace `shop`, beside other objects. */
const named = (...others: readonly Manifest[]): Translation =>
  translated(aSecret('shop/cert'), aTcpMapping('shop/a', { host: 'a.example' }), ...others);

const chain = 'listener-9000 tls/a.example';

test('where no Host has the name, a TLSContext that lists it gives certificate and settings', (t) => {
  const all = named(context('shop/c', { min_tls_version: 'v1.3' }));
  t.like(get(all.ir.filterChains, chain)?.tls, {
    _tag: 'Terminate',
    certificates: ['shop/cert'],
    settings: { parameters: { minVersion: '1.3' } },
  });
  t.deepEqual(problemLines(all), []);
  const wider = named(context('shop/c', { hosts: ['*.example', '*'] }));
  t.is(handshake(wider, chain), 'Refuse', 'the name itself counts, as in Emissary');
});

test('a Host comes before it, a wider one and one that refuses too', (t) => {
  const strict = context('shop/c', { min_tls_version: 'v1.3' });
  const host = (spec: object): Manifest =>
    aHost('shop/h', { hostname: '*.example', tlsSecret: { name: 'cert' }, ...spec });
  const tls = get(named(strict, host({})).ir.filterChains, chain)?.tls;
  t.true(tls?._tag === 'Terminate' && tls.settings === undefined);
  t.is(handshake(named(strict, host({ tlsSecret: { name: 'none' } })), chain), 'Refuse');
  const other = aHost('yard/h', { hostname: '*.example', tlsSecret: { name: 'cert' } });
  const closed = annotated(other, { 'headgate.io/mapping-namespaces': 'other' });
  t.is(handshake(named(strict, aSecret('yard/cert'), closed), chain), 'Refuse');
});

test('of several TLSContexts those of the namespace count, of these the strictest, then the oldest', (t) => {
  const least = (...all: readonly Manifest[]) => {
    const tls = get(named(aSecret('blog/cert'), ...all).ir.filterChains, chain)?.tls;
    return tls?._tag === 'Terminate' ? (tls.settings?.parameters?.minVersion ?? 'any') : tls?._tag;
  };
  const of = (key: string, version?: string): Manifest =>
    context(key, version === undefined ? {} : { min_tls_version: version });
  t.is(least(createdIn(2024, of('blog/c', 'v1.3')), of('shop/c')), 'any');
  t.is(least(createdIn(2024, of('shop/b')), createdIn(2025, of('shop/c', 'v1.3'))), '1.3');
  t.is(least(createdIn(2025, of('shop/b', 'v1.2')), createdIn(2024, of('shop/c', 'v1.3'))), '1.3');
  t.is(least(of('blog/c', 'v1.3')), '1.3');
});

test('with isolation a TLSContext of another namespace gives no certificate', (t) => {
  const objects = [aSecret('blog/cert'), aTcpMapping('shop/a', { host: 'a.example' })];
  const all = isolated(undefined, storeOf(...objects, context('blog/c')));
  t.is(handshake(all, chain), 'Refuse');
});

test('a TLSContext that cannot be obeyed as a whole refuses handshakes, and says so', (t) => {
  for (const spec of [{ secret: 'none' }, { cert_required: true }, { ca_secret: 'none' }]) {
    const all = named(context('shop/c', spec));
    t.is(handshake(all, chain), 'Refuse');
    t.true(
      problemLines(all).includes(
        'TCPMapping shop/a: spec.host: handshakes are refused, because TLSContext shop/c has no certificate that can be served as it asks',
      ),
    );
  }
});

test('a certificate for other names is served and said', (t) => {
  const all = named(
    context('shop/c', { hosts: ['b.other'] }),
    aTcpMapping('shop/b', { host: 'b.other', port: 9001 }),
  );
  t.is(handshake(all, 'listener-9001 tls/b.other'), 'Terminate');
  t.regex(
    problemLines(all).join('\n'),
    /TCPMapping shop\/b: spec\.host: the certificate of Secret shop\/cert is for /,
  );
});

test('a Host that serves TCPMappings alone is in effect, and is told nothing', (t) => {
  const host = aHost('shop/h', { hostname: '*.example', tlsSecret: { name: 'cert' } });
  const hosts = ({ outcomes }: Translation) =>
    outcomes
      .filter(({ kind }) => kind === 'Host')
      .flatMap(({ entries: all, outcomeOf }) => [...values(all)].map(outcomeOf));
  const carried = aListener('shop/l', { port: 9000, protocol: 'TLS' });
  for (const all of [named(host), named(host, carried)]) {
    t.deepEqual(hosts(all), [{ inEffect: true, certified: true }]);
    t.deepEqual(problemLines(all), []);
  }
  const alone = translated(aSecret('shop/cert'), host, carried);
  t.false(hosts(alone)[0]?.inEffect);
  t.regex(problemLines(alone).join('\n'), /^Host shop\/h: no Listener takes this Host/m);
});
