import test from 'ava';

import { anObject, isAnswered } from './is-answered.ts';

const context = (spec: string): string => anObject('TLSContext', `{ ${spec} }`);
const host = (spec: string): string => anObject('Host', `{ hostname: a.example, ${spec} }`);
const tcp = (spec: string): string => anObject('TCPMapping', `{ port: 6379, ${spec} }`);
const checked = (check: string): string =>
  anObject(
    'Mapping',
    `{ hostname: '*', prefix: /, service: shop, resolver: endpoint, health_checks: [{ ${check} }] }`,
  );
const carried = (...lines: readonly string[]): string =>
  [
    ...['apiVersion: v1', 'kind: Service', 'metadata:', '  name: web', '  annotations:'],
    '    getambassador.io/config: |',
    ...lines.map((line) => `      ${line}`),
    'spec: { ports: [{ port: 80 }] }\n',
  ].join('\n');

const rows: readonly (readonly [name: string, text: string, ...said: readonly string[]])[] = [
  [
    'a Secret of a TLSContext that is not there',
    context('secret: nowhere'),
    '4:9 TLSContext default/a: spec.secret: Secret default/nowhere does not exist',
  ],
  [
    'a version without its v',
    context(`min_tls_version: '1.2'`),
    '4:9 TLSContext default/a: spec.min_tls_version: expected one of "v1.0", "v1.1", "v1.2", "v1.3", got "1.2"; did you mean v1.2?',
  ],
  [
    'a list of protocols',
    context('alpn_protocols: [h2, http/1.1]'),
    '4:9 TLSContext default/a: spec.alpn_protocols: expected protocols in at most 253 characters of ASCII, with commas between them, got ["h2","http/1.1"]',
  ],
  [
    'ciphers in one text',
    context('cipher_suites: ECDHE-RSA-AES128-GCM-SHA256'),
    '4:9 TLSContext default/a: spec.cipher_suites: expected a list of cipher suites with one below TLS 1.3 (those of TLS 1.3 are always spoken), without both [A|B] and a !, -, + or @, got "ECDHE-RSA-AES128-GCM-SHA256"; did you mean ["ECDHE-RSA-AES128-GCM-SHA256"]?',
  ],
  [
    'a field in camel case',
    context('caSecret: ca'),
    '4:9 TLSContext default/a: spec.caSecret: no such field; it has no effect; did you mean ca_secret?',
    '1:1 TLSContext default/a: no effect: no Host, service or TCPMapping is in effect that uses it',
  ],
  [
    'files of another machine',
    context('cert_chain_file: /a.crt, private_key_file: /a.key'),
    '4:9 TLSContext default/a: spec.cert_chain_file: expected secret, because files are not read, got "/a.crt"',
    '4:34 TLSContext default/a: spec.private_key_file: expected secret, because files are not read, got "/a.key"',
  ],
  [
    'revocations without an authority',
    context('crl_secret: crl'),
    '4:9 TLSContext default/a: spec.crl_secret: Secret default/crl does not exist',
    '4:9 TLSContext default/a: spec.crl_secret: expected ca_secret with it, got no ca_secret',
  ],
  [
    'the name of a TLSContext alone',
    host('tlsContext: ctx'),
    '4:30 Host default/a: spec.tlsContext: expected an object, got "ctx"',
  ],
  [
    'the name of a Secret alone',
    host('tlsSecret: cert'),
    '4:30 Host default/a: spec.tlsSecret: expected an object, got "cert"',
  ],
  [
    'tls and tlsContext',
    host('tlsSecret: { name: cert }, tls: { sni: a }, tlsContext: { name: ctx }'),
    '4:30 Host default/a: spec.tlsSecret: Secret default/cert does not exist',
    '4:74 Host default/a: spec.tlsContext: expected tls or tlsContext; handshakes are refused as long as it is not said which counts, got both',
  ],
  [
    'certificates of clients without an authority',
    host('tlsContext: { name: a }') + '\n---\n' + context('secret: cert, cert_required: true'),
    '4:30 Host default/a: spec.tlsContext: cannot be used, because TLSContext default/a is not valid',
    '9:9 TLSContext default/a: spec.secret: Secret default/cert does not exist',
  ],
  [
    'an action in lower case',
    host('requestPolicy: { insecure: { action: route } }'),
    '4:59 Host default/a: spec.requestPolicy.insecure.action: expected one of "Redirect", "Reject", "Route", got "route"; did you mean Route?',
  ],
  [
    'a TCPMapping without a port',
    anObject('TCPMapping', '{ service: shop }'),
    '4:1 TCPMapping default/a: spec.port: expected an integer from 1 to 65535, got nothing',
  ],
  [
    'a port in quotation marks',
    anObject('TCPMapping', `{ port: '6379', service: shop }`),
    '4:9 TCPMapping default/a: spec.port: expected an integer from 1 to 65535, got "6379"; did you mean 6379?',
  ],
  [
    'the port of a Listener for HTTP',
    anObject('TCPMapping', `{ port: 8080, service: 'shop:80' }`),
    '4:9 TCPMapping default/a: spec.port: port 8080 carries HTTP there; expected protocol TCP or TLS, or no Listener; Listener default/http wins',
  ],
  [
    'a name without a certificate',
    tcp(`host: a.example, service: 'shop:80'`),
    '4:21 TCPMapping default/a: spec.host: no Host with a certificate has the name a.example; expected one that takes this namespace, or a TLSContext with a.example in its hosts',
  ],
  [
    'a prefix of connections',
    tcp(`prefix: /, service: 'shop:80'`),
    '4:21 TCPMapping default/a: spec.prefix: no such field; it has no effect',
  ],
  [
    'a time-out as a number',
    tcp(`idle_timeout_ms: 5000, service: 'shop:80'`),
    '4:21 TCPMapping default/a: spec.idle_timeout_ms: expected a number of milliseconds, as a string, got 5000',
  ],
  [
    'an address by name',
    tcp(`address: localhost, service: 'shop:80'`),
    '4:21 TCPMapping default/a: spec.address: expected an IP address of the machine that Envoy is on, got "localhost"',
  ],
  [
    'connections to the metadata of a cloud',
    tcp(`service: '169.254.169.254:80'`),
    '4:21 TCPMapping default/a: spec.service: expected a service, got "169.254.169.254:80" (a link-local address, or the metadata service of a cloud; --allow-addresses link-local would allow it)',
  ],
  [
    'a check that is not below health_check',
    checked('http: { path: /up }'),
    '4:86 Mapping default/a: spec.health_checks[0].health_check: expected an object with exactly one of http and grpc, got nothing',
    '4:88 Mapping default/a: spec.health_checks[0].http: no such field; it has no effect',
  ],
  [
    'an interval without a unit',
    checked('interval: 5, health_check: { http: { path: /up } }'),
    '4:88 Mapping default/a: spec.health_checks[0].interval: expected a duration of at most 24 days, such as "1.5s" or "1h30m", got 5',
  ],
  [
    'a path that begins another header',
    checked('health_check: { http: { path: "/up\\r\\nx: y" } }'),
    '4:112 Mapping default/a: spec.health_checks[0].health_check.http.path: expected a path of at most 4096 characters without NUL and line breaks, got "/up\\r\\nx: y"',
  ],
  [
    'a host with a space',
    checked('health_check: { http: { path: /up, hostname: a b } }'),
    '4:123 Mapping default/a: spec.health_checks[0].health_check.http.hostname: expected a host name or glob of at most 253 characters, got "a b"',
  ],
  [
    'a check over gRPC of a service without it',
    checked('health_check: { grpc: { upstream_name: up } }'),
    '4:104 Mapping default/a: spec.health_checks[0].health_check.grpc: expected grpc: true with it; nothing is checked by it, got no grpc',
  ],
  [
    'a document without a name',
    carried('---', 'apiVersion: getambassador.io/v3alpha1', 'kind: Mapping', 'prefix: /'),
    '8:1 Service default/web: metadata.annotations[getambassador.io/config], document 1: name: expected a name of at most 253 characters, without control characters and spaces around it, got nothing',
  ],
  [
    'documents without a mark between them',
    carried('kind: Mapping', 'name: a', 'kind: Mapping'),
    '9:1 Service default/web: metadata.annotations[getambassador.io/config], document 1: expected YAML that can be read, got the key kind is there twice (line 3)',
  ],
  [
    'the name of an annotation',
    carried('---', 'kind: Mapping').replace('.io/config', '.io/confg'),
    '6:5 Service default/web: metadata.annotations[getambassador.io/confg]: no such field; it has no effect; did you mean getambassador.io/config?',
  ],
  [
    'an annotation that is called otherwise',
    carried('---', 'kind: Mapping').replace(
      'getambassador.io/config',
      'getambassador.io/ambassador-id',
    ),
  ],
  [
    'a kind in an annotation',
    carried('---', 'apiVersion: getambassador.io/v3alpha1', 'kind: Maping', 'name: a'),
    '9:1 Service default/web: metadata.annotations[getambassador.io/config], document 1, Maping default/a: kind: expected a kind of getambassador.io, got "Maping"; did you mean Mapping?',
  ],
  [
    'a kind of another API in it',
    carried(
      '---',
      'apiVersion: gateway.networking.k8s.io/v1',
      'kind: HTTPRoute',
      'metadata: { name: a }',
    ),
    '8:1 Service default/web: metadata.annotations[getambassador.io/config], document 1: apiVersion: expected a version of getambassador.io, got HTTPRoute of gateway.networking.k8s.io/v1',
  ],
  [
    'a tab in it',
    carried('---', 'kind: Mapping', '\tname: a'),
    '9:1 Service default/web: metadata.annotations[getambassador.io/config], document 1: expected YAML that can be read, got Tabs are not allowed as indentation (line 3)',
  ],
];

for (const [name, text, ...said] of rows) test(name, isAnswered, text, ...said);
