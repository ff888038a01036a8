import * as fc from 'fast-check';

import { consulResolvers } from '../consul/any-consul.ts';
import { limitLabels, limitServices, observers } from '../service/telemetry-objects.ts';
import { authorities, contexts } from '../tls/tls-objects.ts';
import { aSecret } from './a-secret.ts';
import {
  aGuard,
  aHost,
  aMapping,
  aModule,
  aResolver,
  aService,
  aSlice,
  aTcpMapping,
  annotated,
  createdIn,
  inAnnotation,
  type Manifest,
} from './builders.ts';
import { historyOf } from '../property/happening.ts';
import { ingressObjects } from './language/ingresses.ts';
import { listeners } from './language/listeners.ts';

const hostname = fc.constantFrom('*', '*.example', 'a.example', 'b.example', '*.a.example', 'a.*');
const labels = fc.constantFrom<Record<string, string>>({}, { team: 'blue' }, { team: 'red' });
const selector = { matchLabels: { team: 'blue' } };
/** One of two namespaces. */
export const namespace = fc.constantFrom('default', 'shop');

/** Objects that are of two ages or of none. */
export const ofSomeAge = (objects: fc.Arbitrary<Manifest>): fc.Arbitrary<Manifest> =>
  fc
    .tuple(objects, fc.constantFrom(2024, 2025, undefined))
    .map(([object, year]) => (year === undefined ? object : createdIn(year, object)));

/** A record that may lack any of these fields. */
export const optional = <T>(values: Readonly<Record<string, fc.Arbitrary<T>>>) =>
  fc.record(values, { requiredKeys: [], noNullPrototype: true });

const hosts = fc
  .tuple(
    fc.constantFrom('default/h1', 'default/h2', 'shop/h3'),
    optional<unknown>({
      hostname,
      mappingSelector: fc.constantFrom(selector, {}),
      tlsSecret: fc.constantFrom({ name: 'cert' }, { name: 'cert', namespace: 'shop' }),
      tls: fc.constantFrom(
        {},
        { min_tls_version: 'v1.2' },
        { max_tls_version: 'v1.2' },
        { ca_secret: 'ca' },
      ),
      tlsContext: fc.constant({ name: 'ctx' }),
      requestPolicy: fc.constantFrom({}, { insecure: { action: 'Reject' } }),
      ambassador_id: fc.constantFrom(['default'], ['other']),
    }),
    labels,
    optional({ 'headgate.io/mapping-namespaces': fc.constantFrom('', 'shop', '*') }),
  )
  .map(([key, spec, own, annotations]) => annotated(aHost(key, spec, own), annotations));

const mappings = fc
  .tuple(
    fc.constantFrom('default/m1', 'default/m2', 'default/m3', 'shop/m4'),
    optional<unknown>({
      hostname,
      prefix: fc.constantFrom('/', '/a/'),
      service: fc.constantFrom('web', 'web:81', 'https://web', 'web.shop', 'not an address'),
      resolver: fc.constantFrom('endpoint', 'mine', 'consul'),
      weight: fc.constantFrom(0, 30, 70),
      shadow: fc.boolean(),
      host_redirect: fc.boolean(),
      precedence: fc.constantFrom(0, 1),
      timeout_ms: fc.constantFrom(100, 200),
      host_regex: fc.constant(true),
      host: fc.constantFrom('a.example', '[ab].example', '('),
      connect_timeout_ms: fc.constantFrom(1, 2),
      bypass_auth: fc.boolean(),
      retry_policy: fc.constant({ retry_on: 'gateway-error' }),
      load_balancer: fc.constant({ policy: 'maglev', source_ip: true }),
      health_checks: fc.constant([{ health_check: { http: { path: '/up' } } }]),
      add_request_headers: fc.constantFrom({}, { 'x-own': { value: 'a' } }),
      add_linkerd_headers: fc.boolean(),
      error_response_overrides: fc.constant([{ on_status_code: 404, body: { text_format: 'a' } }]),
      auth_context_extensions: fc.constantFrom({}, { tenant: 'a' }),
      tls: fc.constantFrom('true', 'ctx'),
      labels: limitLabels,
    }),
    labels,
  )
  .map(([key, spec, own]) => aMapping(key, spec, own));

const tcpMappings = fc
  .tuple(
    fc.constantFrom('default/t1', 'default/t2', 'shop/t3'),
    optional<unknown>({
      port: fc.constantFrom(8080, 8443, 9000),
      host: fc.constantFrom('a.example', '*.example', 'b.a.example', 'a.*'),
      address: fc.constantFrom('127.0.0.1', 'everywhere'),
      service: fc.constantFrom('web', 'web:81', 'https://web', 'not an address'),
      resolver: fc.constantFrom('endpoint', 'mine'),
      weight: fc.constantFrom(0, 30, 70),
      tls: fc.constantFrom('true', 'ctx', 'some-context'),
      idle_timeout_ms: fc.constantFrom('', '100', '200'),
      ambassador_id: fc.constantFrom(['default'], ['other']),
    }),
  )
  .map(([key, spec]) => aTcpMapping(key, spec));

const services = fc
  .tuple(
    namespace,
    fc.constantFrom([{ port: 80 }], [{ port: 81 }], [{ port: 80 }, { port: 81, name: 'x' }]),
  )
  .map(([space, ports]) => aService(`${space}/web`, { ports }));

const slices = fc
  .tuple(
    namespace,
    fc.constantFrom('s1', 's2'),
    fc.constantFrom('web', 'other'),
    fc.subarray(['10.0.0.1', '10.0.0.2', '10.0.0.3']),
  )
  .map(([space, name, service, addresses]) => aSlice(`${space}/${name}`, service, addresses));

const secrets = fc
  .tuple(namespace, fc.constantFrom('one' as const, 'two' as const))
  .map(([space, pair]) => aSecret(`${space}/cert`, pair));

const resolvers = fc
  .tuple(fc.constantFrom('Endpoint' as const, 'Service' as const), namespace)
  .map(([kind, space]) => aResolver(kind, `${space}/mine`));

/** What guards requests; some of it cannot be read, or is for another installation. */
const guards = fc
  .tuple(
    fc.constantFrom(
      aGuard('AuthService', 'default/auth', { auth_service: 'auth' }),
      aGuard('AuthService', 'shop/auth', { auth_service: 'auth' }),
      aGuard('AuthService', 'shop/auth', {
        ...{ auth_service: 'https://auth:1', proto: 'grpc', protocol_version: 'v3' },
      }),
      aGuard('AuthService', 'shop/auth', { auth_service: 'auth', tls: 'ctx', path_prefix: '/a' }),
      aGuard('Module', 'shop/authentication', { config: { auth_service: 'auth.default' } }),
      aGuard('AuthService', 'shop/auth', { auth_service: 7 }),
      aGuard('RateLimitService', 'default/limits', { service: 'limits', failure_mode_deny: true }),
      aGuard('RateLimitService', 'default/limits', { service: 7 }),
      aGuard('Module', 'default/ambassador', { config: { ip_deny: [{ peer: '10.0.0.1' }] } }),
      aGuard('Module', 'shop/ambassador', { config: { ip_allow: [{ remote: '10.0.0.0/8' }] } }),
      aGuard('Module', 'shop/ambassador', { config: { gzip: 7 } }),
      aGuard('Module', 'default/ambassador', {
        config: {
          default_label_domain: 'other',
          default_labels: { other: { defaults: [{ generic_key: { value: 'all' } }] } },
        },
      }),
      aGuard('Module', 'shop/authentication', { config: 7 }),
    ),
    optional({ ambassador_id: fc.constantFrom(['default'], ['other'], 7) }),
  )
  .map(([guard, more]) => ({ ...guard, spec: { ...Object(guard['spec']), ...more } }) as Manifest);

/** Services and Ingresses that carry some of all these in an annotation; some documents cannot be read. */
const carriers = fc
  .tuple(
    fc.constantFrom('default/web', 'shop/web', 'shop/carrier'),
    fc.boolean(),
    fc.array(
      fc.oneof(
        { arbitrary: mappings, weight: 4 },
        { arbitrary: ofSomeAge(hosts), weight: 2 },
        { arbitrary: guards, weight: 1 },
        { arbitrary: listeners, weight: 1 },
        { arbitrary: fc.constant(undefined), weight: 1 },
      ),
      { maxLength: 3 },
    ),
  )
  .map(([key, isIngress, carried]) => {
    const carrier = aService(key);
    const config = carried.map((one) => (one === undefined ? '---\n{' : inAnnotation(one)));
    return annotated(
      isIngress ? { ...carrier, apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' } : carrier,
      { 'getambassador.io/config': config.join('\n') },
    );
  });
/** What counts for Mappings that do not say it themselves. */
const mappingDefaults = fc
  .tuple(
    namespace,
    optional<unknown>({
      add_linkerd_headers: fc.boolean(),
      error_response_overrides: fc.constant([{ on_status_code: 404, body: { text_format: 'a' } }]),
      circuit_breakers: fc.constant([{ max_requests: 7 }]),
      cluster_request_timeout_ms: fc.constantFrom(100, 5000),
      cors: fc.constant({ origins: ['http://a.example'] }),
      defaults: fc.constantFrom(
        { add_request_headers: { 'x-all': 'a' } },
        { httpmapping: { add_request_headers: { 'x-all': '%ENVIRONMENT(A)%' } } },
        { remove_request_headers: ['x-gone'], stats_name: 'all' },
      ),
      enable_ipv6: fc.boolean(),
      load_balancer: fc.constant({ policy: 'least_request' }),
      resolver: fc.constantFrom('endpoint', 'mine', 'nowhere'),
      retry_policy: fc.constant({ retry_on: '5xx' }),
      use_ambassador_namespace_for_service_resolution: fc.boolean(),
      runtime_flags: fc.constantFrom<unknown>(
        { 'http.max_requests_per_io_cycle': 1, other: true },
        { 'overload.premature_reset_total_stream_count': 9 },
      ),
    }),
  )
  .map(([space, config]) => aModule(config, `${space}/ambassador`));

/** One object out of so few that they refer to each other and conflict often. */
export const anObject: fc.Arbitrary<Manifest> = fc.oneof(
  { arbitrary: mappings, weight: 8 },
  { arbitrary: ofSomeAge(hosts), weight: 4 },
  { arbitrary: ofSomeAge(listeners), weight: 2 },
  { arbitrary: ofSomeAge(tcpMappings), weight: 2 },
  { arbitrary: services, weight: 1 },
  { arbitrary: slices, weight: 2 },
  { arbitrary: secrets, weight: 1 },
  { arbitrary: ofSomeAge(resolvers), weight: 1 },
  { arbitrary: ofSomeAge(consulResolvers), weight: 2 },
  { arbitrary: guards, weight: 1 },
  { arbitrary: ofSomeAge(fc.oneof(limitServices, observers)), weight: 2 },
  { arbitrary: fc.oneof(contexts, contexts, authorities), weight: 2 },
  { arbitrary: carriers, weight: 2 },
  { arbitrary: ingressObjects, weight: 3 },
  { arbitrary: ofSomeAge(mappingDefaults), weight: 1 },
);

/** Batches of what happens to objects of Emissary. */
export const someHistory = historyOf(anObject);
