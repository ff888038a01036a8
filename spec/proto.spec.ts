import test from 'ava';
import protobuf from 'protobufjs';

import { descriptor } from '../proto/envoy.ts';
import { isStale } from '../proto/generate.ts';
import { envoyVersion } from '../src/edge/envoy/envoy-version.ts';
import { apiVersion } from './_support/envoy-api/envoy-descriptors.ts';
import { upstreamApi } from './_support/envoy-api/upstream-api.ts';
import { sourcesIn } from './_support/repository/sources.ts';

const ours = protobuf.Root.fromJSON(descriptor);
ours.resolveAll();

const upstream = await upstreamApi();

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

for (const message of messages)
  test(`${message.fullName.slice(1)} is a part of Envoy's message of that name`, (t) => {
    const original = upstream.lookupType(message.fullName);
    for (const field of message.fieldsArray) {
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

/** Adds a type, and all that its fields are made of. */
const use = (used: Set<protobuf.ReflectionObject>, type: protobuf.Type | protobuf.Enum): void => {
  if (used.has(type)) return;
  used.add(type);
  if (type.parent instanceof protobuf.Type) used.add(type.parent);
  if (type instanceof protobuf.Type)
    for (const { resolvedType } of type.fieldsArray) if (resolvedType) use(used, resolvedType);
};

test('every definition is used: the source names it, or a service or a definition that is used does', (t) => {
  const text = sourcesIn('src')
    .map((source) => source.text)
    .join('\n');
  const named = messages.filter(({ fullName }) =>
    [`'${fullName.slice(1)}'`, `/${fullName.slice(1)}'`].some((name) => text.includes(name)),
  );
  const spoken = services
    .flatMap(({ methodsArray }) => methodsArray)
    .flatMap((method) => [method.resolvedRequestType ?? [], method.resolvedResponseType ?? []])
    .flat();
  const used = new Set<protobuf.ReflectionObject>();
  for (const message of [...named, ...spoken]) use(used, message);
  t.deepEqual(
    [...messages, ...enums].filter((one) => !used.has(one)).map(({ fullName }) => fullName),
    [],
  );
});

test('what we compare with is the API of the Envoy that we run', (t) => {
  const minor = (version: string): string => version.split('.').slice(0, 2).join('.');
  t.is(minor(apiVersion()), minor(envoyVersion));
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
