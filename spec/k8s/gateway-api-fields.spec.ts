import test from 'ava';

import { fieldsOf } from '../../build/fields-page.ts';
import type { Schema } from '../../build/schema.ts';
import { laterFields, laterKinds, sameShape } from '../../src/kube/gateway/known-shapes.ts';
import { kindsOf, kindTable, type Kind } from '../../src/kube/kind.ts';
import {
  upstreamDefinitions,
  type Channel,
  type UpstreamDefinition,
} from '../_support/gateway-api/upstream-definitions.ts';

const definitionOf = async (channel: Channel, kind: string): Promise<UpstreamDefinition> => {
  const found = (await upstreamDefinitions(channel)).find(({ spec }) => spec.names.kind === kind);
  if (found === undefined) throw new Error(`expected a definition of ${kind} in ${channel}`);
  return found;
};

const schemaOf = ({ spec }: UpstreamDefinition, version: string): Schema => {
  const schema = spec.versions.find(({ name }) => name === version)?.schema.openAPIV3Schema;
  const found = schema?.properties?.['spec'];
  if (found === undefined) throw new Error(`expected ${version} of ${spec.names.kind}`);
  return found;
};

/** Every field of a schema, as `fieldsOf` names them. */
const pathsOf = (schema: Schema, path: string): readonly string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    `${path}.${name}`,
    ...pathsOf(inner, `${path}.${name}`),
  ]),
  ...(schema.items === undefined ? [] : pathsOf(schema.items, `${path}[]`)),
  ...(schema.additionalProperties === undefined
    ? []
    : pathsOf(schema.additionalProperties, `${path}.*`)),
];

/** The fields that a channel has and the codec of a kind does not name. */
const unread = async (channel: Channel, kind: Kind): Promise<readonly string[]> => {
  const { apiVersion, codec } = kindTable[kind];
  const definition = await definitionOf(channel, kind);
  const read = new Set(fieldsOf(codec).map(({ path }) => path));
  const paths = pathsOf(schemaOf(definition, apiVersion.split('/')[1] ?? ''), 'spec');
  return paths.filter((path) => !read.has(path));
};

for (const kind of kindsOf('gateway')) {
  test(`${kind}: every field of the standard channel is read`, async (t) => {
    t.deepEqual(await unread('standard', kind), []);
  });

  test(`${kind}: a field of the experimental channel is read, or known as not supported yet`, async (t) => {
    const later = laterFields[kind] ?? [];
    const missing = await unread('experimental', kind);
    const isIn = (path: string, field: string): boolean =>
      path === field || [`${field}.`, `${field}[]`].some((within) => path.startsWith(within));
    const known = [...later, ...readAsWhole];

    t.deepEqual(
      missing.filter((path) => !known.some((field) => isIn(path, field))),
      [],
    );
    t.deepEqual(
      later.filter((field) => !missing.includes(field)),
      [],
    );
  });

  test(`${kind} is of the same scope and in a version that every channel serves`, async (t) => {
    const { apiVersion, plural, scope } = kindTable[kind];
    for (const channel of ['standard', 'experimental'] as const) {
      const { spec } = await definitionOf(channel, kind);
      const served = spec.versions.filter((one) => one.served).map(({ name }) => name);

      t.deepEqual([spec.names.plural, spec.scope], [plural, scope]);
      t.true(served.includes(apiVersion.split('/')[1] ?? ''));
    }
  });
}

/** What is refused where it is written, or read without looking into it. */
const readAsWhole = [
  'spec.listeners[].filters',
  'spec.rules[].filters[].externalAuth',
  'spec.rules[].backendRefs[].filters[].externalAuth',
];

test('the versions that count as the same have the same schema', async (t) => {
  for (const [kind, versions] of Object.entries(sameShape)) {
    const definition = await definitionOf('experimental', kind);
    const [current, ...others] = definition.spec.versions.map(({ name }) => name);
    const there = [current, ...others].filter((name) => versions.includes(name ?? ''));
    for (const name of there)
      t.deepEqual(
        schemaOf(definition, name ?? ''),
        schemaOf(definition, current ?? ''),
        `${kind} ${name}`,
      );
  }
});

test('every kind of the Gateway API is read, or known as not supported yet', async (t) => {
  const kinds = (await upstreamDefinitions('experimental')).map(
    ({ spec }) => `${spec.names.kind} ${spec.group}`,
  );
  const later = Object.entries(laterKinds).flatMap(([group, names]) =>
    names.map((name) => `${name} ${group}`),
  );
  const read = kindsOf('gateway').map((kind) => `${kind} gateway.networking.k8s.io`);

  t.deepEqual(
    kinds.filter((kind) => ![...later, ...read].includes(kind)),
    [],
  );
});
