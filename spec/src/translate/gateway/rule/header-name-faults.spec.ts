import test from 'ava';

import { aService } from '../../../../_support/world/builders.ts';
import { problemsOf, rulesOf } from '../../../../_support/gateway/compiled-rules.ts';
import { anHttpRoute, toWeb } from '../../../../_support/world/gateway-api/builders.ts';

const faults = (filter: object): readonly string[] =>
  problemsOf(
    rulesOf([
      aService('default/web'),
      anHttpRoute('default/r', { rules: [{ ...toWeb, filters: [filter] }] }),
    ]),
  ).map((line) => line.replace(/: expected .*, got/, ': got'));

const field = 'HTTPRoute default/r: spec.rules[0].filters[0]';

test('of requests, headers that frame messages and those of Envoy are not changed', (t) => {
  const requestHeaderModifier = {
    set: [
      { name: 'x-a', value: 'b' },
      { name: 'Host', value: 'b' },
    ],
    add: [{ name: 'X-Envoy-Attempt-Count', value: '1' }],
    remove: ['x-a', 'hOst', 'a b'],
  };

  t.deepEqual(faults({ type: 'RequestHeaderModifier', requestHeaderModifier }), [
    `${field}.requestHeaderModifier.set[1].name: got Host`,
    `${field}.requestHeaderModifier.add[0].name: got X-Envoy-Attempt-Count`,
    `${field}.requestHeaderModifier.remove[1]: got hOst`,
    `${field}.requestHeaderModifier.remove[2]: got a b`,
  ]);
});

test('of responses neither', (t) => {
  const responseHeaderModifier = { add: [{ name: 'Transfer-Encoding', value: 'a' }] };

  t.deepEqual(faults({ type: 'ResponseHeaderModifier', responseHeaderModifier }), [
    `${field}.responseHeaderModifier.add[0].name: got Transfer-Encoding`,
  ]);
});
