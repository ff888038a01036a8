import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { decode } from '../../../src/kube/decode.ts';
import { kinds, kindTable } from '../../../src/kube/kind.ts';
import { modernised } from '../../../src/kube/legacy/legacy.ts';
import { holds } from '../../_support/property/property.ts';

const fieldNames = (
  'metadata name namespace labels spec data stringData type tls.crt ports port endpoints prefix ' +
  'service headers cors health_checks hostBinding __proto__ constructor toString length ' +
  'ambassador_id ambassadorId tls host host_regex labels generic_key header v3StatsName ' +
  'add_request_headers remove_request_headers query_parameters managedFields tag_headers'
).split(' ');

const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.jsonValue(),
    fc.constantFrom<unknown>(undefined, NaN, -0, Infinity, '2s', '*', 80, true),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(fc.constantFrom(...fieldNames), fc.string()), tie('value')), {
        maxLength: 6,
      })
      .map((fields) => Object.fromEntries(fields)),
  ),
})).value;

const anObjectOfOurs = fc
  .tuple(fc.constantFrom(...kinds), fc.boolean(), anything, anything, anything)
  .map(([kind, isOld, spec, ports, data]) => ({
    apiVersion:
      kindTable[kind].language === 'emissary' && isOld
        ? 'getambassador.io/v2'
        : kindTable[kind].apiVersion,
    kind,
    metadata: {
      name: kind === 'CustomResourceDefinition' ? 'a.gateway.networking.k8s.io' : 'a',
      ...(kind === 'Ingress' && { annotations: { 'getambassador.io/config': '' } }),
    },
    spec,
    ports,
    data,
    stringData: data,
    endpoints: ports,
    addressType: 'IPv4',
  }));

test('reads anything whatever without throwing, and pollutes nothing', (t) => {
  holds(
    t,
    fc.property(fc.oneof(anything, anObjectOfOurs), (raw) => {
      const before = Object.keys(Object.prototype);
      const decoding = decode(raw);
      assert.ok(['Decoded', 'Ignored', 'Rejected'].includes(decoding._tag));
      assert.deepEqual(Object.keys(Object.prototype), before);
    }),
    { numRuns: 1000 },
  );
});

test('what was brought into the shapes of v3alpha1 stays as it is', (t) => {
  holds(
    t,
    fc.property(anObjectOfOurs, ({ kind, ...fields }) => {
      const once = modernised(kind, fields);
      assert.deepEqual(modernised(kind, once), once);
    }),
    { numRuns: 1000 },
  );
});

test('an object either is kept or has a problem', (t) => {
  holds(
    t,
    fc.property(anObjectOfOurs, (raw) => {
      const decoding = decode(raw);
      assert.ok(decoding._tag === 'Decoded');
      assert.ok(decoding.item.object !== undefined || decoding.item.problems.length > 0);
    }),
    { numRuns: 500 },
  );
});

const aMapping = fc
  .record(
    {
      prefix: fc.stringMatching(/^\/[a-z]{0,9}$/),
      service: fc.stringMatching(/^[a-z]{1,9}$/),
      weight: fc.nat(100),
      ambassador_id: fc.oneof(fc.constant('a'), fc.constant(['a', 'b'])),
      headers: fc.dictionary(fc.stringMatching(/^[a-z-]{1,9}$/), fc.stringMatching(/^[ -~]*$/)),
      retry_policy: fc.record({ per_try_timeout: fc.nat(9999).map((ms) => `${ms}ms`) }),
      envoy_override: fc.dictionary(fc.string(), fc.jsonValue()),
      unheardOf: fc.jsonValue(),
    },
    { requiredKeys: ['prefix', 'service'] },
  )
  .map((spec) => ({
    apiVersion: 'getambassador.io/v3alpha1',
    kind: 'Mapping',
    metadata: { name: 'a' },
    spec,
  }));

test('what was read is plain data: JSON gives it back, and its codec knows it again', (t) => {
  holds(
    t,
    fc.property(aMapping, (raw) => {
      const decoding = decode(raw);
      assert.ok(decoding._tag === 'Decoded' && decoding.item.object !== undefined);
      const again: unknown = JSON.parse(JSON.stringify(decoding.item.object));
      assert.deepEqual(again, decoding.item.object);
      assert.ok(kindTable.Mapping.codec.is(again));
    }),
    { numRuns: 500 },
  );
});

test('reads thousands of levels without exhausting the stack', (t) => {
  const deep: unknown = JSON.parse('{"spec":'.repeat(5000) + '1' + '}'.repeat(5000));

  t.like(decode(deep), { _tag: 'Rejected' });
  t.like(decode({ apiVersion: 'v1', kind: 'Service', metadata: deep }), { _tag: 'Rejected' });
});
