import test from 'ava';

import { decode } from '../../../../src/kube/decode.ts';
import { kindsOf } from '../../../../src/kube/kind.ts';
import { modernised } from '../../../../src/kube/legacy/legacy.ts';
import { aMapping } from '../../../_support/world/builders.ts';
import { anObject, goodSpecs } from '../../../k8s/bad-object.ts';
import { oldDocuments } from '../../../k8s/old-documents.ts';

/** The spec as it is kept, and the fields that are said to be no fields. */
const reading = (raw: unknown): unknown => {
  const decoding = decode(raw);
  if (decoding._tag !== 'Decoded') throw new Error(JSON.stringify(decoding));
  const { object, problems } = decoding.item;
  const wrong = problems.filter(({ _tag }) => _tag !== 'NotYetSupported');
  return { spec: object !== undefined && 'spec' in object ? object.spec : undefined, wrong };
};

const metadata = { name: 'a', namespace: 'default' };

for (const { says, apiVersion, kind, spec, read } of oldDocuments) {
  test(`in ${apiVersion}, ${says}`, (t) => {
    t.deepEqual(reading({ apiVersion, kind, metadata, spec }), { spec: read, wrong: [] });
  });

  test(`as v3alpha1, written in ${apiVersion}: ${says}`, (t) => {
    const managedFields = [
      { manager: 'kubectl', apiVersion, fieldsV1: { 'f:spec': {} } },
      { manager: 'headgate', apiVersion: v3, fieldsV1: { 'f:status': {} } },
    ];
    const raw = { apiVersion: v3, kind, metadata: { ...metadata, managedFields }, spec };

    t.deepEqual(reading(raw), { spec: read, wrong: [] });
  });
}

const v3 = 'getambassador.io/v3alpha1';

test('what is written in v3alpha1 stays as it is, and is not copied', (t) => {
  for (const kind of kindsOf('emissary')) {
    const fields = anObject(kind, goodSpecs[kind]);
    t.is(modernised(kind, fields), fields);
  }
});

test('a Mapping of v3alpha1 without a hostname is for no host of its own', (t) => {
  t.deepEqual(reading({ ...aMapping('a/b'), spec: { prefix: '/', service: 'web' } }), {
    spec: { prefix: '/', service: 'web' },
    wrong: [],
  });
});

test('an empty name is none', (t) => {
  const raw = { apiVersion: v3, kind: 'Host', metadata, spec: { hostname: '' } };

  t.deepEqual(reading(raw), { spec: {}, wrong: [] });
});

test('a later writer in v3alpha1 makes it v3alpha1', (t) => {
  const managedFields = [
    { manager: 'kubectl-edit', apiVersion: 'getambassador.io/v2', fieldsV1: { 'f:spec': {} } },
    { manager: 'kubectl', apiVersion: v3, fieldsV1: { 'f:spec': {} } },
  ];
  const spec = { prefix: '/', service: 'web' };
  const raw = { apiVersion: v3, kind: 'Mapping', metadata: { ...metadata, managedFields }, spec };

  t.deepEqual(reading(raw), { spec, wrong: [] });
});

test('the names of developer previews are read', (t) => {
  const decoding = decode({
    apiVersion: 'x.getambassador.io/v3alpha1',
    kind: 'AmbassadorHost',
    metadata,
    spec: { hostname: 'a' },
  });

  t.like(decoding, { _tag: 'Decoded', kind: 'Host', item: { key: 'default/a', problems: [] } });
});

test('what is wrong in any version is said', (t) => {
  const raw = { apiVersion: 'getambassador.io/v2', kind: 'Mapping', metadata };

  t.like(reading({ ...raw, spec: { prefix: '/', service: 'a', headers: { b: 1 }, nothing: 1 } }), {
    spec: undefined,
    wrong: [
      { _tag: 'UnknownField', field: 'spec.nothing' },
      { _tag: 'InvalidField', field: 'spec.headers.b' },
    ],
  });
});
