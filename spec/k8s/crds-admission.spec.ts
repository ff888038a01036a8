import { globSync, readFileSync } from 'node:fs';

import test from 'ava';
import { parseAllDocuments } from 'yaml';

import { isKind, kinds, kindsOf, kindTable, type Kind } from '../../src/kube/kind.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';
import type { TestCluster } from '../_support/test-cluster/test-cluster.ts';
import { badMappings } from './bad-mappings.ts';
import { anObject, goodSpecs, type BadFields } from './bad-object.ts';
import { badOthers } from './bad-others.ts';

const started = sharedCluster();
let installed: Promise<TestCluster> | undefined;

const withCrds = async (): Promise<TestCluster> =>
  await (installed ??= started().then(async (cluster) => {
    await installCrds(cluster);
    return cluster;
  }));

/** What the API server says to an object, without keeping it: nothing when it would take it. */
const objection = async (object: unknown): Promise<string | undefined> => {
  const { request } = await withCrds();
  const { apiVersion, kind } = object as { apiVersion: string; kind: Kind };
  const { plural } = kindTable[kind];
  const path = `/apis/${apiVersion}/namespaces/default/${plural}?dryRun=All&fieldValidation=Strict`;
  const { status, body } = await request({ method: 'POST', path, body: object });
  return status === 201 ? undefined : `${status} ${(body as { message?: string }).message}`;
};

const bad: readonly (readonly [Kind, BadFields])[] = [
  ...badMappings.map((fields) => ['Mapping', fields] as const),
  ...kinds.flatMap((kind) => (badOthers[kind] ?? []).map((fields) => [kind, fields] as const)),
];

test('every kind of ours is established and takes a good object', async (t) => {
  for (const kind of kindsOf('emissary'))
    t.is(await objection(anObject(kind, goodSpecs[kind])), undefined, kind);
});

test('refuses 150 bad objects, and names the field of each', async (t) => {
  t.true(bad.length >= 150, `${bad.length}`);
  for (const [kind, [fields, names]] of bad) {
    const said = await objection(anObject(kind, { ...goodSpecs[kind], ...fields }));
    t.regex(said ?? 'taken', /^4(00|22) /, `${kind} ${JSON.stringify(fields).slice(0, 200)}`);
    t.true(namesField(said ?? '', names), `${names}: ${said}`);
  }
});

/** The field itself, not one that begins like it. */
const namesField = (message: string, field: string): boolean =>
  message
    .split(field)
    .slice(1)
    .some((after) => /^(?![\w-])/.test(after));

test('refuses the same through v2, where its shapes allow it', async (t) => {
  const { hostname: _, ...spec } = goodSpecs.Mapping ?? {};
  t.regex((await objection(anObject('Mapping', { ...spec, weight: 101 }, 'v2'))) ?? '', /weight/);
  t.is(await objection(anObject('Mapping', { ...spec, host: '*.example.com' }, 'v2')), undefined);
});

test('a field that does not exist is refused where kubectl asks for it', async (t) => {
  const said = await objection(anObject('Mapping', { ...goodSpecs.Mapping, prefx: '/' }));

  t.regex(said ?? '', /^400 .*unknown field "spec.prefx"/);
});

/** Inputs of golden cases and of the corpus that are meant to be bad, by the object. */
const meantToBeBad: ReadonlySet<string> = new Set([
  'spec/golden/what-should-be-guarded-is-answered-503: auth',
  'spec/golden/one-bad-mapping-costs-itself-only: hostname',
  'spec/golden/what-is-not-ours-is-left-alone-and-what-is-not-supported-yet-is-said: typo',
  'spec/golden/what-is-not-ours-is-left-alone-and-what-is-not-supported-yet-is-said: bounds',
  'spec/golden/labels-are-counted-by-the-service-of-their-domain: old',
  'spec/golden/requests-are-told-of-and-traced: connections',
  'spec/golden/requests-are-told-of-and-traced: zz-former',
  'spec/golden/requests-are-told-of-and-traced: spans',
  'spec/golden/requests-are-told-of-and-traced: old',
  'spec/corpus/auth: auth-v2',
  'spec/corpus/headers: api-in-the-old-form',
  'spec/corpus/limits: limits-v2',
  'spec/corpus/observability: lightstep',
]);

const folders = ['examples/*', 'spec/golden/*', 'spec/corpus/*'].flatMap((pattern) =>
  globSync(pattern),
);

for (const folder of folders.sort())
  test(`takes what is in ${folder}`, async (t) => {
    for (const file of globSync(`${folder}/*.yaml`))
      for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
        const object = document.toJS() as { kind?: string; metadata?: { name: string } } | null;
        const { kind = '', metadata } = object ?? {};
        if (!isKind(kind) || kindTable[kind].language !== 'emissary') continue;
        const placed = { ...object, metadata: { ...metadata, namespace: 'default' } };
        const said = await objection(placed);
        if (meantToBeBad.has(`${folder}: ${metadata?.name}`)) t.truthy(said);
        else t.is(said, undefined, `${file} ${metadata?.name}`);
      }
    t.pass();
  });
