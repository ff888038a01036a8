import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { decode } from '../../src/kube/decode.ts';
import { kindsOf, kindTable, type Kind } from '../../src/kube/kind.ts';
import { apiPath } from '../../src/kube/reflect/api-path.ts';
import { installGatewayApi } from '../_support/gateway-api/install-gateway-api.ts';
import { upstreamDefinitions } from '../_support/gateway-api/upstream-definitions.ts';
import { specsOf } from '../_support/property/gateway-api-values.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';

const definitions = await upstreamDefinitions('standard');

/** The objects of a kind, as a user may write them. */
const objectsOf = (kind: Kind): fc.Arbitrary<{ readonly kind: Kind; readonly body: object }> => {
  const { apiVersion } = kindTable[kind];
  const { spec } = definitions.find((one) => one.spec.names.kind === kind) ?? {};
  const version = spec?.versions.find(({ name }) => apiVersion.endsWith(`/${name}`));
  const schema = version?.schema.openAPIV3Schema.properties?.['spec'];
  if (schema === undefined) throw new Error(`expected a schema of ${kind}`);
  const metadata = { name: 'a', namespace: 'default' };
  return specsOf(schema).map((written) => ({
    kind,
    body: { apiVersion, kind, metadata, spec: written },
  }));
};

const objects = fc.constantFrom(...kindsOf('gateway')).chain(objectsOf);

/** What an object says, without what the API server adds to its metadata. */
const read = (raw: unknown): unknown => {
  const decoding = decode(raw);
  if (decoding._tag !== 'Decoded' || decoding.item.object === undefined) return undefined;
  return 'spec' in decoding.item.object ? decoding.item.object.spec : undefined;
};

/** NUL and line breaks, which no text may have that goes to Envoy; the API server takes them in names. */
const hasControls = /\\(?:u0000|n|r)/;

test('what the API server takes is read, in a file as it is once the API server has filled it in', async (t) => {
  const { request, ...cluster } = await startTestCluster(t);
  await installGatewayApi(cluster);
  const taken = new Map<string, number>();
  const property = fc.asyncProperty(objects, async ({ kind, body }) => {
    fc.pre(!hasControls.test(JSON.stringify(body)));
    const path = `${apiPath(kindTable[kind], 'default')}?dryRun=All`;
    const answer = await request({ method: 'POST', path, body });
    if (answer.status !== 201) return;
    taken.set(kind, (taken.get(kind) ?? 0) + 1);
    const written = read(body);
    assert.notEqual(written, undefined, `taken, not read: ${JSON.stringify(decode(body))}`);
    assert.deepEqual(written, read(answer.body));
  });
  const result = await fc.check(property, { numRuns: 700 });

  if (result.failed) t.fail(`${fc.defaultReportMessage(result)}\n${String(result.errorInstance)}`);
  t.log(Object.fromEntries(taken));
  for (const kind of kindsOf('gateway')) t.true((taken.get(kind) ?? 0) >= 1, kind);
});
