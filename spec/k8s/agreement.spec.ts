import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { specSchema } from '../../build/crds.ts';
import { decode } from '../../src/kube/decode.ts';
import { kindsOf, kindTable, type Kind } from '../../src/kube/kind.ts';
import { modernised } from '../../src/kube/legacy/legacy.ts';
import { valuesOf } from '../_support/property/values-of-schema.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';
import { admissionRules } from './admission-rules.ts';
import { anObject } from './bad-object.ts';

const objects = fc
  .constantFrom(...kindsOf('emissary'), 'Mapping' as const, 'Mapping' as const)
  .chain((kind: Kind) => valuesOf(specSchema(kind)).map((spec) => ({ kind, spec })));

test('what the API server takes is read, and what it refuses is not, but for rules of admission', async (t) => {
  const { request, ...cluster } = await startTestCluster(t);
  await installCrds(cluster);
  const counts = { taken: 0, refused: 0, refusedByRule: 0 };
  const property = fc.asyncProperty(objects, async ({ kind, spec }) => {
    const body = anObject(kind, spec);
    fc.pre(modernised(kind, body) === body); // shapes of old versions are read whatever the version
    const { plural } = kindTable[kind];
    const path = `/apis/getambassador.io/v3alpha1/namespaces/default/${plural}?dryRun=All`;
    const answer = await request({ method: 'POST', path, body });
    const { message } = answer.body as { message?: string };
    const decoding = decode(body);
    const isRead = decoding._tag === 'Decoded' && decoding.item.object !== undefined;
    if (answer.status === 201) {
      counts.taken += 1;
      assert.ok(isRead, `taken, not read: ${JSON.stringify(decoding)}`);
    } else if (isRead) {
      counts.refusedByRule += 1;
      assert.ok(
        admissionRules.some((rule) => message?.includes(rule)),
        `read, refused: ${message}`,
      );
    } else counts.refused += 1;
  });
  const result = await fc.check(property, { numRuns: 600 });

  if (result.failed) t.fail(`${fc.defaultReportMessage(result)}\n${String(result.errorInstance)}`);
  t.log(counts);
  t.true(counts.taken > 50 && counts.refused > 50, JSON.stringify(counts));
});
