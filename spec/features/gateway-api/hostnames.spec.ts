import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { answered, type Expected } from '../../_support/envoy/answers.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
  rule,
} from '../../_support/world/gateway-api/manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', port: 0 });
const from = 'allowedRoutes: { namespaces: { from: All } }';
const gateway = await aGateway(
  ({ http }) =>
    ourClass +
    gatewayOf([
      cleartext('any', http),
      cleartext('wild', http, `hostname: '*.wild.example', ${from}`),
      cleartext('exact', http, `hostname: exact.wild.example, ${from}`),
    ]) +
    backend('a', a.port) +
    backend('b', b.port),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

/** Who answers each of these requests. */
const answers = test.macro<[manifests: string, expected: readonly Expected[]]>(
  async (t, manifests, expected) => await answered(t, gateway, manifests, expected),
);

test(
  'a route without hostnames answers on every listener it is attached to',
  answers,
  httpRoute('everywhere', `rules: [${rule('/everywhere', 'a')}]`),
  [
    ['a', { path: '/everywhere', host: 'any.example' }],
    ['a', { path: '/everywhere/below', host: 'x.wild.example' }],
    ['a', { path: '/everywhere', host: 'exact.wild.example:8080' }],
    [404, { path: '/everywheres', host: 'any.example' }],
  ],
);
