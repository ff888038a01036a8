import type { Kind } from '../src/kube/kind.ts';
import { keptNames, type KeptName } from '../src/kube/legacy/legacy-names.ts';
import type { Schema } from './schema.ts';

/**
 * A schema that also names the fields that only v1 and v2 have.
 *
 * An API server drops what the schema of the stored version does not name, whatever version an
 * object was written in.
 */
export const withLegacyFields = (kind: Kind, spec: Schema): Schema => {
  const named = [...(keptNames[kind] ?? []), ...aliases(kind)].reduce(withKept, spec);
  if (kind === 'Module') return withOpenConfig(named);
  return kind === 'Mapping' ? withOpenLabels(named) : named;
};

/** The schema of v1 and v2: where they allow several types and a schema cannot, it allows any. */
export const loosened = (kind: Kind, spec: Schema): Schema =>
  (severalTypes[kind] ?? []).reduce(withAnyAt, withoutRuleOn('.host', spec));

/** Fields in which v1 and v2 allow what v3alpha1 does not; `*` stands for each entry of a map. */
const severalTypes: { readonly [K in Kind]?: readonly (readonly string[])[] } = {
  AuthService: [['ambassador_id'], ['tls']],
  ConsulResolver: [['ambassador_id']],
  DevPortal: [['ambassador_id']],
  Host: [['ambassador_id'], ['ambassadorId']],
  KubernetesEndpointResolver: [['ambassador_id']],
  KubernetesServiceResolver: [['ambassador_id']],
  LogService: [['ambassador_id']],
  Mapping: [
    ['ambassador_id'],
    ['tls'],
    ['headers', '*'],
    ['query_parameters', '*'],
    ['add_request_headers', '*'],
    ['add_response_headers', '*'],
    ['remove_request_headers'],
    ['remove_response_headers'],
    ['cors', 'origins'],
    ['cors', 'methods'],
    ['cors', 'headers'],
    ['cors', 'exposed_headers'],
    ['labels'],
  ],
  Module: [['ambassador_id']],
  RateLimitService: [['ambassador_id'], ['tls']],
  TCPMapping: [['ambassador_id'], ['tls']],
  TLSContext: [['ambassador_id']],
  TracingService: [['ambassador_id']],
};

const anything: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

const withAnyAt = (schema: Schema, [field, ...rest]: readonly string[]): Schema => {
  if (field === undefined) return anything;
  if (field === '*') return withAnyValues(schema);
  const properties = schema.properties ?? {};
  const inner = properties[field];
  if (inner === undefined) throw new Error(`expected a field ${field}`);
  return { ...schema, properties: { ...properties, [field]: withAnyAt(inner, rest) } };
};

/** A CEL rule cannot be about a map of anything. */
const withAnyValues = ({ 'x-kubernetes-validations': _, ...schema }: Schema): Schema => ({
  ...schema,
  additionalProperties: anything,
});

/** What v1 and v2 call `host` takes patterns. */
const withoutRuleOn = (field: string, schema: Schema): Schema => {
  const { 'x-kubernetes-validations': rules = [], ...others } = schema;
  const kept = rules.filter(({ fieldPath }) => fieldPath !== field);
  return kept.length === 0 ? others : { ...others, 'x-kubernetes-validations': kept };
};

/** Hosts were once made by a tool that spelt like protobuf. */
const aliases = (kind: Kind): readonly KeptName[] =>
  kind === 'Host' ? [{ kept: 'ambassadorId', name: 'ambassador_id' }] : [];

const withKept = (schema: Schema, { within, kept, name }: KeptName): Schema => {
  const properties = schema.properties ?? {};
  if (within !== undefined)
    return {
      ...schema,
      properties: { ...properties, [within]: withKept(properties[within] ?? {}, { kept, name }) },
    };
  const description = `Deprecated: ${name}, under the name it has in v1 and v2.`;
  return {
    ...schema,
    properties: sorted({ ...properties, [kept]: { ...properties[name], description } }),
  };
};

/**
 * A Module of another name has other keys, and the settings in a Module were never converted: old shapes are
 * in every version.
 */
const withOpenConfig = (spec: Schema): Schema => {
  const open = oldInConfig.reduce(
    (config, path) => withAnyAt(config, path),
    specOf(spec, 'config'),
  );
  const config = { ...open, 'x-kubernetes-preserve-unknown-fields': true } as const;
  return { ...spec, properties: { ...spec.properties, config } };
};

const specOf = (schema: Schema, field: string): Schema => schema.properties?.[field] ?? {};

const oldHeaders: readonly (readonly string[])[] = [
  ['add_request_headers', '*'],
  ['add_response_headers', '*'],
  ['remove_request_headers'],
  ['remove_response_headers'],
];

const oldInConfig: readonly (readonly string[])[] = [
  ['cors', 'origins'],
  ['cors', 'methods'],
  ['cors', 'headers'],
  ['cors', 'exposed_headers'],
  ['default_labels'],
  ['error_response_overrides'],
  ['keepalive'],
  ...oldHeaders.flatMap((path) => [
    ['defaults', ...path],
    ['defaults', 'httpmapping', ...path],
  ]),
];

/** In v2 an entry of a descriptor is a map whose key is the user's. */
const withOpenLabels = (spec: Schema): Schema => ({
  ...spec,
  properties: { ...spec.properties, labels: opened(spec.properties?.['labels'] ?? {}) },
});

const opened = (schema: Schema): Schema => {
  if (schema.properties !== undefined)
    return { ...schema, 'x-kubernetes-preserve-unknown-fields': true };
  return {
    ...schema,
    ...(schema.items === undefined ? {} : { items: opened(schema.items) }),
    ...(schema.additionalProperties === undefined
      ? {}
      : { additionalProperties: opened(schema.additionalProperties) }),
  };
};

const sorted = (properties: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> =>
  Object.fromEntries(Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1)));
