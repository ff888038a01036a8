import test from 'ava';

import { get, keys, values } from '../../../../../src/collection/collection.ts';
import { usersOf } from '../../../../../src/ir/cluster-users.ts';
import type { FilterChainKey } from '../../../../../src/ir/filter-chain.ts';
import { translate, type Translation } from '../../../../../src/translate/translate.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import {
  aGuard,
  aHost,
  aListener,
  aMapping,
  aService,
  annotated,
  aTcpMapping,
  createdIn,
  problemLines,
  storeOf,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aGatewayListener,
} from '../../../../_support/world/gateway-api/builders.ts';

/** What a chain does with connections: the word of a cluster with its weight. */
const passes = ({ ir }: Translation, key: FilterChainKey): readonly string[] | undefined => {
  const chain = get(ir.filterChains, key);
  return chain?.carries._tag !== 'Tcp'
    ? undefined
    : chain.carries.backends.map(
        ({ cluster, weight }) => `${get(ir.clusters, cluster)?.statName} ${weight}`,
      );
};

const handshake = ({ ir }: Translation, key: FilterChainKey): string | undefined =>
  get(ir.filterChains, key)?.tls?._tag;

const tls = (name: string, hostname: string, more: object = {}): Manifest =>
  aHost(name, { hostname, tlsSecret: { name: 'cert' }, ...more });

const isolated = translate({ ambassadorId: 'default', namespace: 'headgate', isolation: true });

test('a TCPMapping opens a port that no Listener is for', (t) => {
  const all = translated(aTcpMapping('default/a', { port: 5432, service: 'db:5432' }));
  t.deepEqual([...keys(all.ir.listeners)], ['listener-5432']);
  t.deepEqual(passes(all, 'listener-5432 cleartext'), ['db_5432 1']);
  t.deepEqual(problemLines(all), []);
});

test('it opens one address, if it names one', (t) => {
  const { ir } = translated(aTcpMapping('default/a', { address: '127.0.0.1' }));
  t.like([...values(ir.listeners)][0], { address: '127.0.0.1', port: 9000 });
});

test('a Listener for HTTP keeps its port, be it younger', (t) => {
  const all = translated(
    createdIn(2025, aListener('default/http', { port: 9000 })),
    createdIn(2024, aTcpMapping('default/a')),
    aHost('default/all'),
  );
  t.is(get(all.ir.filterChains, 'listener-9000 cleartext')?.carries._tag, 'Http');
  t.regex(
    problemLines(all).join('\n'),
    /^TCPMapping default\/a: spec\.port: port 9000 carries HTTP/,
  );
});

test('of a TCPMapping and a Gateway the older has the port', (t) => {
  const both = translate({
    ...{ ambassadorId: 'default', namespace: 'default', gatewayService: 'edge/headgate' },
  });
  const gateway = aGateway('default/gateway', { listeners: [aGatewayListener({ port: 9000 })] });
  for (const [year, told] of [
    [2023, 'Gateway'],
    [2026, 'TCPMapping'],
  ] as const) {
    const all = both(
      undefined,
      storeOf(
        aGatewayClass(),
        aService('edge/headgate', {
          ports: [{ port: 9000, protocol: 'TCP' }],
          type: 'LoadBalancer',
        }),
        createdIn(2024, gateway),
        createdIn(year, aTcpMapping('default/a')),
      ),
    );
    t.regex(problemLines(all).join('\n'), new RegExp(`^${told} .*: port 9000 is claimed`, 'm'));
  }
});

test('members share connections by weight, those without one the rest', (t) => {
  const share = (...weights: readonly (number | undefined)[]) =>
    passes(
      translated(
        ...weights.map((weight, i) =>
          aTcpMapping(`default/m${i}`, {
            service: `s${i}`,
            ...(weight !== undefined && { weight }),
          }),
        ),
      ),
      'listener-9000 cleartext',
    );
  t.deepEqual(share(30), ['s0 1']);
  t.deepEqual(share(undefined, 30), ['s0 70', 's1 30'].toReversed());
  t.deepEqual(share(undefined, undefined, 15), ['s2 30', 's0 85', 's1 85']);
  t.deepEqual(share(50, 20), ['s0 50', 's1 20']);
  t.deepEqual(share(0, undefined), ['s1 100']);
});

test('a server name has the certificate of the narrowest Host around it', (t) => {
  const all = translated(
    aSecret('default/cert'),
    tls('default/wide', '*.example'),
    tls('default/all', '*', { tlsSecret: { name: 'missing' } }),
    aTcpMapping('default/a', { host: 'a.example' }),
    aTcpMapping('default/b', { host: 'b.other' }),
    aTcpMapping('default/rest'),
  );
  t.is(handshake(all, 'listener-9000 tls/a.example'), 'Terminate');
  t.deepEqual(passes(all, 'listener-9000 tls/a.example'), ['web 1']);
  t.is(handshake(all, 'listener-9000 tls/b.other'), 'Refuse');
  t.deepEqual(passes(all, 'listener-9000 cleartext'), ['web 1']);
  t.like(get(all.ir.listeners, 'listener-9000'), { tlsInspector: true });
});

test('a name without a Host is refused, so that nothing wider takes it', (t) => {
  const all = translated(aTcpMapping('default/a', { host: 'a.example' }), aTcpMapping('default/b'));
  t.is(handshake(all, 'listener-9000 tls/a.example'), 'Refuse');
  t.deepEqual(problemLines(all), [
    'TCPMapping default/a: spec.host: no Host with a certificate has the name a.example; expected one that takes this namespace, or a TLSContext with a.example in its hosts',
  ]);
});

test('nothing is sent to a service whose TLSContext is not there', (t) => {
  const all = translated(aTcpMapping('default/a', { tls: 'context' }));
  t.is(all.ir.listeners.size + all.ir.clusters.size, 0);
});

test('the Host says whose TCPMappings it takes', (t) => {
  const all = translated(
    aSecret('default/cert'),
    annotated(tls('default/a', 'a.example'), { 'headgate.io/mapping-namespaces': 'shop' }),
    aTcpMapping('shop/a', { host: 'a.example' }),
    aTcpMapping('other/a', { host: 'a.example', port: 9001 }),
  );
  t.is(handshake(all, 'listener-9000 tls/a.example'), 'Terminate');
  t.is(handshake(all, 'listener-9001 tls/a.example'), 'Refuse');
});

test('a wider Host does not take over the name of a Host that does not take the TCPMapping', (t) => {
  const all = translated(
    aSecret('default/cert'),
    annotated(tls('default/a', 'a.example'), { 'headgate.io/mapping-namespaces': 'shop' }),
    annotated(tls('default/wide', '*.example'), { 'headgate.io/mapping-namespaces': '*' }),
    aTcpMapping('other/a', { host: 'a.example' }),
  );
  t.is(handshake(all, 'listener-9000 tls/a.example'), 'Refuse');
});

test('a TLSContext that its Host counts is behind the chain of a TCPMapping too', (t) => {
  const all = translated(
    aSecret('default/cert'),
    aGuard('TLSContext', 'default/ctx', { cipher_suites: ['ECDHE-RSA-AES128-GCM-SHA256'] }),
    tls('default/a', 'a.example', { tlsContext: { name: 'ctx' } }),
    aTcpMapping('default/t', { host: 'a.example' }),
  );
  t.deepEqual(get(all.ir.filterChains, 'listener-9000 tls/a.example')?.from, [
    ...['TCPMapping default/t', 'Host default/a', 'TLSContext default/ctx'],
  ]);
});

test('with isolation, no other namespace gets a share of connections', (t) => {
  const all = isolated(
    undefined,
    storeOf(
      createdIn(2024, aTcpMapping('shop/a', { service: 'a' })),
      createdIn(2025, aTcpMapping('other/b', { service: 'b' })),
      createdIn(2025, aTcpMapping('headgate/c', { service: 'c' })),
    ),
  );
  t.deepEqual(
    passes(all, 'listener-9000 cleartext')?.map((one) => one.slice(0, 1)),
    ['a', 'c'],
  );
  t.regex(problemLines(all).join('\n'), /^TCPMapping other\/b: spec\.port: the same connections/m);
});

test('a Listener says what comes before connections', (t) => {
  const protocols = { TCP: [false, false], TLS: [true, false] } as const;
  for (const [protocol, [tlsInspector, proxyProtocol]] of Object.entries(protocols)) {
    const all = translated(
      aListener('default/l', { port: 9000, protocol, statsPrefix: 'mine' }),
      aTcpMapping('default/a'),
    );
    t.like(get(all.ir.listeners, 'listener-9000'), { tlsInspector, proxyProtocol });
    t.like(get(all.ir.filterChains, 'listener-9000 cleartext')?.carries, { statPrefix: 'mine' });
  }
  const { ir } = translated(
    aListener('default/l', {
      port: 9000,
      protocol: undefined,
      protocolStack: ['PROXY', 'TLS', 'TCP'],
    }),
    aTcpMapping('default/a'),
  );
  t.like(get(ir.listeners, 'listener-9000'), { tlsInspector: true, proxyProtocol: true });
});

test('what a service is reached with is a part of its cluster, also where a Mapping has the same name', (t) => {
  const { ir } = translated(
    aSecret('default/cert'),
    aGuard('TLSContext', 'default/strict', { ca_secret: 'cert' }),
    aListener('default/http'),
    aHost('default/all'),
    aMapping('default/a', { service: 'web', tls: 'strict' }),
    aTcpMapping('default/a', { service: 'db', tls: 'strict' }),
  );
  for (const { name } of values(ir.clusters))
    t.true(usersOf(ir.clusterUsers, name).includes('TLSContext default/strict'), name);
  t.is(ir.clusters.size, 2);
});
