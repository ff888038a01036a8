import test from 'ava';
import protobuf from 'protobufjs';

import { descriptor } from '../proto/envoy.ts';
import { isStale } from '../proto/generate.ts';
import { upstreamApi } from './_support/xds/upstream-api.ts';

const ours = protobuf.Root.fromJSON(descriptor);
ours.resolveAll();

/** The files of Envoy's API that lead, by their imports, to everything of which we have a part. */
const upstream = upstreamApi([
  'envoy/config/bootstrap/v3/bootstrap.proto',
  'envoy/extensions/filters/http/cors/v3/cors.proto',
  'envoy/extensions/filters/http/health_check/v3/health_check.proto',
  'envoy/extensions/filters/http/lua/v3/lua.proto',
  'envoy/extensions/filters/http/router/v3/router.proto',
  'envoy/extensions/filters/listener/proxy_protocol/v3/proxy_protocol.proto',
  'envoy/extensions/filters/listener/tls_inspector/v3/tls_inspector.proto',
  'envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto',
  'envoy/extensions/http/early_header_mutation/header_mutation/v3/header_mutation.proto',
  'envoy/extensions/matching/common_inputs/network/v3/network_inputs.proto',
  'envoy/extensions/resource_monitors/downstream_connections/v3/downstream_connections.proto',
  'envoy/extensions/resource_monitors/fixed_heap/v3/fixed_heap.proto',
  'envoy/extensions/transport_sockets/tls/v3/tls.proto',
  'envoy/type/matcher/v3/http_inputs.proto',
  'envoy/extensions/upstreams/http/v3/http_protocol_options.proto',
  'envoy/service/discovery/v3/ads.proto',
  'envoy/type/matcher/v3/http_inputs.proto',
]);

const below = (object: protobuf.ReflectionObject): readonly protobuf.ReflectionObject[] => [
  object,
  ...(object instanceof protobuf.Namespace ? object.nestedArray.flatMap(below) : []),
];

const definitions = below(ours).filter(({ fullName }) => !fullName.startsWith('.google.protobuf'));
const messages = definitions.filter((object) => object instanceof protobuf.Type);
const enums = definitions.filter((object) => object instanceof protobuf.Enum);
const services = definitions.filter((object) => object instanceof protobuf.Service);

/** Everything about a field that decides how it is written. */
const wire = (field: protobuf.Field): object => ({
  number: field.id,
  type: field.resolvedType?.fullName ?? field.type,
  key: field instanceof protobuf.MapField ? field.keyType : undefined,
  repeated: field.repeated,
  packed: field.packed,
  presence: Boolean(field.hasPresence),
  oneof: field.partOf?.name,
});

/** Newer than the definitions at hand; `spec/features` runs them on an Envoy that takes no unknown field. */
const newer: ReadonlySet<string> = new Set([
  '.envoy.extensions.transport_sockets.tls.cert_mappers.sni.v3.SNI',
  '.envoy.extensions.transport_sockets.tls.cert_selectors.on_demand_secret.v3.Config',
  '.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.custom_tls_certificate_selector',
]);

test('what is newer than the definitions at hand is in use, and not in them', (t) => {
  for (const name of newer) {
    t.truthy(ours.lookup(name), name);
    t.falsy(upstream.lookup(name), name);
  }
});

for (const message of messages.filter(({ fullName }) => !newer.has(fullName)))
  test(`${message.fullName.slice(1)} is a part of Envoy's message of that name`, (t) => {
    const original = upstream.lookupType(message.fullName);
    for (const field of message.fieldsArray.filter(({ fullName }) => !newer.has(fullName))) {
      const namesake = original.fields[field.name]?.resolve();
      t.deepEqual(wire(field), namesake === undefined ? undefined : wire(namesake), field.name);
    }
    t.is(message.fullName, original.fullName);
  });

for (const { fullName, values } of enums)
  test(`${fullName.slice(1)} has values of Envoy's enum of that name`, (t) => {
    const original = upstream.lookupEnum(fullName).values;
    for (const [name, number] of Object.entries(values))
      t.deepEqual([name, number], [name, original[name]]);
  });

for (const service of services)
  test(`${service.fullName.slice(1)} has the methods of Envoy's service`, (t) => {
    const methods = ({ methodsArray }: protobuf.Service): readonly object[] =>
      methodsArray.map((method) => {
        method.resolve();
        const { name, requestStream, responseStream } = method;
        const types = [method.resolvedRequestType, method.resolvedResponseType];
        return { name, requestStream, responseStream, types: types.map((type) => type?.fullName) };
      });
    t.deepEqual(methods(service), methods(upstream.lookupService(service.fullName)));
  });

test('the resources and the stream are among the definitions', (t) => {
  const names = definitions.map(({ fullName }) => fullName);
  for (const name of [
    '.envoy.config.cluster.v3.Cluster',
    '.envoy.config.endpoint.v3.ClusterLoadAssignment',
    '.envoy.config.listener.v3.Listener',
    '.envoy.config.route.v3.RouteConfiguration',
    '.envoy.extensions.transport_sockets.tls.v3.Secret',
    '.envoy.service.discovery.v3.AggregatedDiscoveryService',
  ])
    t.true(names.includes(name), name);
});

test('the generated file belongs to the definitions as they are now', async (t) => {
  t.false(await isStale());
});
