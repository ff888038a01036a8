import { defaultLog, emissaryLog } from '../../../../src/ir/access-log/access-log.ts';
import type { FilterChain } from '../../../../src/ir/filter-chain.ts';
import type { HttpSettings } from '../../../../src/ir/http-options.ts';
import type { Listener } from '../../../../src/ir/listener.ts';
import type { Port } from '../../../../src/ir/port.ts';
import type { ClientVerification } from '../../../../src/ir/tls-handshake.ts';
import { aChain, aListener, requestsOf, tlsFor } from '../an-ir.ts';
import { everyFilterName } from './filters.ts';
import { everyLogService, everyTracing } from './telemetry.ts';

/** A listener for each thing that a port can be for; datagrams come to a port that connections have too. */
export const everyListener = ([web, plain, passing, demand]: readonly [
  Port,
  Port,
  Port,
  Port,
]): readonly Listener[] => [
  aListener({ port: web, tlsInspector: true, proxyProtocol: true, accessLog: defaultLog }),
  aListener({ name: 'plain', port: plain, accessLog: { ...emissaryLog, to: '/dev/null' } }),
  aListener({ name: 'passing', port: passing, bufferLimit: 4096 }),
  aListener({ name: 'datagrams', port: passing, transport: 'udp' }),
  aListener({ name: 'demand', port: demand, tlsInspector: true }),
  aListener({
    ...{ name: 'quic', port: demand, transport: 'udp', accessLog: defaultLog },
    quic: { advertisedPort: 443 as Port },
  }),
];

/** Every setting of HTTP. */
const everySetting: HttpSettings = {
  trustsForwardedFor: true,
  serverName: 'edge',
  acceptsHttp10: true,
  allowsChunkedLength: true,
  idleTimeout: 60_000,
  underscores: 'DropHeader',
  maxRequestHeadersKb: 16,
  mergesSlashes: true,
  rejectsEscapedSlashes: true,
  stripsMatchingPort: true,
  keepsRequestId: true,
  clientCertificate: { forward: 'SanitizeSet', tells: ['subject', 'cert', 'chain', 'dns', 'uri'] },
  properCase: true,
  suppressesEnvoyHeaders: true,
  notFoundPage: { status: 404, contentType: 'text/html', body: { _tag: 'Text', text: 'nothing' } },
};

const onlyKnown = (admits: ClientVerification['admits']): ClientVerification => ({
  trust: 'trust://demo/ca',
  names: [{ _tag: 'Dns', name: 'client.example' }],
  admits,
});

/** A chain for each way in, and for each thing that one can carry; certificates are `demo/cert` and `demo/rsa`. */
export const everyChain: readonly FilterChain[] = [
  aChain({
    carries: requestsOf(
      'web',
      { trustedHops: 1, logServices: everyLogService, tracing: everyTracing[0] },
      everyFilterName,
    ),
  }),
  ...everyTracing.slice(1).map((tracing, i) =>
    aChain({
      name: `traced${i}`,
      tls: tlsFor([`traced${i}.example`]),
      carries: requestsOf('traced', { tracing }),
    }),
  ),
  aChain({
    name: 'a',
    tls: tlsFor(['a.example', '*.b.example'], {
      certificates: ['demo/cert', 'demo/rsa'],
      settings: {
        parameters: {
          minVersion: '1.2',
          maxVersion: '1.3',
          ciphers: ['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
          curves: ['X25519', 'P-256'],
        },
        alpn: ['http/1.1'],
      },
    }),
  }),
  aChain({
    name: 'old',
    tls: tlsFor(['old.example'], {
      settings: { parameters: { minVersion: '1.0', maxVersion: '1.1' } },
    }),
  }),
  ...(['Verified', 'VerifiedOrNone', 'Anybody'] as const).map((admits) =>
    aChain({
      name: admits,
      tls: tlsFor([`${admits.toLowerCase()}.example`], {
        settings: { clients: onlyKnown(admits) },
      }),
    }),
  ),
  aChain({ name: 'one', tls: tlsFor(['one.example']) }),
  aChain({ name: 'any', tls: tlsFor([]), carries: requestsOf('empty') }),
  aChain({
    name: 'unwrapped',
    tls: tlsFor(['unwrapped.example']),
    carries: { _tag: 'Tcp', statPrefix: 'unwrapped', backends: [{ cluster: 'shop', weight: 1 }] },
  }),
  aChain({
    name: 'passed',
    tls: { _tag: 'PassThrough', serverNames: ['passed.example'] },
    carries: {
      _tag: 'Tcp',
      statPrefix: 'passed',
      backends: [
        { cluster: 'shop', weight: 3 },
        { cluster: 'fixed', weight: 1 },
      ],
      idleTimeout: 60_000,
    },
  }),
  aChain({
    name: 'refused',
    tls: { _tag: 'Refuse', serverNames: ['refused.example'] },
    carries: requestsOf('refused'),
  }),
  aChain({
    listener: 'plain',
    carries: requestsOf('empty', { http2MaxConcurrentStreams: 7, settings: everySetting }),
  }),
  aChain({
    listener: 'passing',
    carries: { _tag: 'Tcp', statPrefix: 'passing', backends: [] },
  }),
  aChain({
    listener: 'datagrams',
    carries: { _tag: 'Udp', statPrefix: 'datagrams', cluster: 'shop', idleTimeout: 5000 },
  }),
  aChain({
    listener: 'demand',
    name: 'tls',
    tls: { _tag: 'OnDemand', serverNames: [] },
    carries: requestsOf('demand'),
  }),
  aChain({
    listener: 'quic',
    name: 'any',
    tls: tlsFor([], { certificates: ['demo/cert', 'demo/rsa'] }),
    carries: requestsOf('web', { settings: everySetting }, everyFilterName),
  }),
  aChain({
    listener: 'quic',
    name: 'a',
    tls: tlsFor(['a.example'], {
      settings: { parameters: { minVersion: '1.3' }, alpn: ['h2'], clients: onlyKnown('Verified') },
    }),
  }),
  aChain({
    listener: 'quic',
    name: 'refused',
    tls: { _tag: 'Refuse', serverNames: ['refused.example'] },
    carries: requestsOf('refused'),
  }),
];
