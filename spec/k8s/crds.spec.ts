import { readdirSync, readFileSync } from 'node:fs';

import test from 'ava';
import { parse } from 'yaml';

import { crdFiles, specSchema } from '../../build/crds.ts';
import type { Schema } from '../../build/schema.ts';
import { statusSchema } from '../../build/status-schema.ts';
import { decode } from '../../src/kube/decode.ts';
import { kinds, kindsOf, type Kind } from '../../src/kube/kind.ts';
import { anObject, goodSpecs } from './bad-object.ts';

const folder = new URL('../../k8s/crds/templates/', import.meta.url);

test('k8s/crds says what the codecs say (npm run crds)', (t) => {
  t.deepEqual(readdirSync(folder).toSorted(), [...crdFiles().keys()].toSorted());
  for (const [file, text] of crdFiles())
    t.is(readFileSync(new URL(file, folder), 'utf8'), text, file);
});

interface Crd {
  readonly spec: {
    readonly names: Readonly<Record<string, unknown>>;
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly subresources: unknown;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

test('each kind is stored as v3alpha1, has a status, and belongs to the category of Emissary', (t) => {
  const crds = [...crdFiles().values()].map((text): Crd => parse(text));

  t.is(crds.length, 14);
  for (const { spec } of crds) {
    t.deepEqual(
      spec.versions.filter(({ storage }) => storage).map(({ name }) => name),
      ['v3alpha1'],
    );
    t.true(spec.versions.every(({ served }) => served));
    for (const { subresources } of spec.versions) t.deepEqual(subresources, { status: {} });
    t.deepEqual(spec.names['categories'], ['ambassador-crds']);
  }
});

test('no definition is too large for an annotation of kubectl apply', (t) => {
  for (const [file, text] of crdFiles()) t.true(JSON.stringify(parse(text)).length < 200_000, file);
});

test('kubectl explain has a sentence for each kind and each field of a spec', (t) => {
  for (const text of crdFiles().values()) {
    const { spec }: Crd = parse(text);
    const schema = spec.versions[0]?.schema.openAPIV3Schema;
    t.regex(schema?.description ?? '', /^[A-Z].*[.]$/);
    for (const [name, field] of Object.entries(schema?.properties?.['spec']?.properties ?? {}))
      t.regex(field.description ?? '', /^[a-zA-Z].*[.]$/, name);
  }
});

test('a good object of each kind decodes', (t) => {
  for (const kind of kindsOf('emissary')) {
    const decoding = decode(anObject(kind, goodSpecs[kind]));
    t.truthy(decoding._tag === 'Decoded' && decoding.item.object, kind);
  }
});

const released = readFileSync(new URL('released-fields.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' '));

/** The schema at a path, and whether the field must be there. */
const at = (schema: Schema, path: string): readonly [Schema | undefined, boolean] => {
  const steps = path.replaceAll('[]', '.[]').split('.');
  let here: Schema | undefined = schema;
  let isRequired = false;
  for (const step of steps) {
    isRequired = here?.required?.includes(step) ?? false;
    if (step === '[]') here = here?.items;
    else here = step === '*' ? here?.additionalProperties : here?.properties?.[step];
  }
  return [here, isRequired];
};

test('every field of the released definitions is there, with its type and its values', (t) => {
  t.true(released.length > 350);
  for (const [kind = '', path = '', type, ...more] of released) {
    const ours = kinds.find((one): one is Kind => one === kind);
    if (ours === undefined) return t.fail(kind);
    const properties = { spec: specSchema(ours), status: statusSchema(ours) };
    const [schema, isRequired] = at({ properties }, path);
    t.is(schema?.type, type, `${kind} ${path}`);
    t.is(isRequired, more.includes('required'), `${kind} ${path}`);
    for (const bound of more.filter((one) => one.includes('='))) {
      const [name = '', value = ''] = bound.split('=');
      t.deepEqual(schema?.[name], JSON.parse(value), `${kind} ${path} ${name}`);
    }
  }
});
