import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const backend = await startNotingBackend();
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
});

/** A Mapping with a condition that is wrong serves no request; nor does one that asks for what none has. */
const servesNothing = test.macro(async (t, fields: string, problem: string | undefined) => {
  await gateway.apply('a.yaml', mapping('a', backend.port, `prefix: /a/, ${fields}`));
  const { status } = await gateway.ask({ path: '/a/?b=c', headers: { 'x-b': 'c' } });
  t.is(status, 404);
  t.deepEqual(backend.reached(), []);
  const [found] = await gateway.problems('Mapping default/a');
  t.is(found?.field, problem);
  await gateway.remove('a.yaml');
});

for (const [fields, problem] of [
  ['headers: { __proto__: v }', 'spec.headers.__proto__'],
  ['headers: { x-a: }', 'spec.headers.x-a'],
  ['headers: { x-a: false }', 'spec.headers.x-a'],
  ['headers: { x-a: 1 }', 'spec.headers.x-a'],
  ['headers: [x-a]', 'spec.headers'],
  ["headers: { 'x a': v }", 'spec.headers[x a]'],
  ["headers: { x-a: '' }", undefined],
  ["headers: { constructor: '' }", undefined],
  ['regex_headers: { __proto__: .* }', 'spec.regex_headers.__proto__'],
  ['query_parameters: { __proto__: v }', 'spec.query_parameters.__proto__'],
  ["query_parameters: { q: '' }", undefined],
  ['regex_query_parameters: { q: }', 'spec.regex_query_parameters.q'],
  ["method: ''", undefined],
  ['method: [GET]', 'spec.method'],
] as const)
  test.serial(fields, servesNothing, fields, problem);
