import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';
import { isLeft } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';

import { fastRead, refused } from '../../../../src/kube/codec/fast-read.ts';
import { plain } from '../../../../src/kube/codec/plain.ts';
import { kinds, kindTable } from '../../../../src/kube/kind.ts';
import { holds } from '../../../_support/property/property.ts';

const some = <A>(value: fc.Arbitrary<A>) => fc.option(value, { nil: undefined });
const odd = fc.constantFrom<unknown>(7, -1, 'x', '', true, [], {}, [{}], ['x', 7], { a: 'b' });
const or = (good: fc.Arbitrary<unknown>) => fc.oneof({ weight: 6, arbitrary: good }, odd);
const words = or(fc.dictionary(fc.constantFrom('a', 'x-b', 'c\n', ''), or(fc.constant('v'))));

const anObject = fc.record({
  metadata: or(
    fc.record({ name: or(fc.constant('a')), namespace: some(odd), labels: some(words) }),
  ),
  addressType: or(fc.constantFrom('IPv4', 'IPv6')),
  endpoints: some(
    or(fc.array(fc.record({ addresses: or(fc.constant(['10.0.0.1'])), conditions: some(odd) }))),
  ),
  ports: some(or(fc.array(fc.record({ port: or(fc.constant(80)), name: some(odd) })))),
  spec: or(
    fc.record({
      prefix: or(fc.constant('/a/')),
      service: or(fc.constant('web')),
      hostname: some(or(fc.constant('a.example'))),
      headers: some(words),
      add_request_headers: some(or(fc.dictionary(fc.constant('x-a'), or(fc.record({}))))),
      timeout_ms: some(or(fc.constant(1000))),
      ports: some(or(fc.array(fc.record({ port: or(fc.constant(80)), protocol: some(odd) })))),
      unknown: odd,
    }),
  ),
});

test('reads what the codecs read, field by field in their order, and refuses what they refuse', (t) => {
  holds(
    t,
    fc.property(fc.constantFrom(...kinds), anObject, (kind, object) => {
      const { value } = plain(object);
      const codec: t.Decoder<unknown, unknown> = kindTable[kind].codec;
      const decoded = codec.decode(value);
      const read = fastRead(codec, value);
      assert.equal(read === refused, isLeft(decoded));
      if (!isLeft(decoded)) assert.equal(JSON.stringify(read), JSON.stringify(decoded.right));
    }),
    { numRuns: 3000 },
  );
});
