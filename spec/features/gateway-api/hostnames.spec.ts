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
const gateway = await aGateway(
  ({ http }) =>
    ourClass +
    gatewayOf([
      cleartext('any', http),
      cleartext('wild', http, "hostname: '*.wild.example'"),
      cleartext('exact', http, 'hostname: exact.wild.example'),
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

const at = (section: string): string => `parentRefs: [{ name: gw, sectionName: ${section} }], `;

test(
  'a route without hostnames answers on every listener it is attached to',
  answers,
  httpRoute('everywhere', `rules: [${rule('/everywhere', 'a')}]`),
  [
    ['a', { path: '/everywhere', host: 'any.example' }],
    ['a', { path: '/everywhere/below', host: 'x.wild.example' }],
    ['a', { path: '/everywhere', host: 'EXACT.wild.example:8080' }],
    [404, { path: '/everywheres', host: 'any.example' }],
  ],
);

test(
  'a route answers for its hostnames that the listener has, too; a wildcard is one or more labels',
  answers,
  httpRoute(
    'some',
    `${at('wild')} hostnames: [a.wild.example, b.c.wild.example, wild.example, other.example],
     rules: [${rule('/some', 'a')}]`,
  ) +
    httpRoute('wider', `${at('exact')} hostnames: ['*.example'], rules: [${rule('/wider', 'b')}]`),
  [
    ['a', { path: '/some', host: 'a.wild.example' }],
    ['a', { path: '/some', host: 'b.c.wild.example' }],
    [404, { path: '/some', host: 'c.wild.example' }],
    [404, { path: '/some', host: 'wild.example' }],
    [404, { path: '/some', host: 'other.example' }],
    ['b', { path: '/wider', host: 'exact.wild.example' }],
    [404, { path: '/wider', host: 'a.wild.example' }],
    [404, { path: '/wider', host: 'other.example' }],
  ],
);

test(
  'a request is only for the listener with the most specific hostname around its host',
  answers,
  httpRoute('of-any', `${at('any')} rules: [${rule('/of-any', 'a')}]`) +
    httpRoute('of-wild', `${at('wild')} rules: [${rule('/of-wild', 'a')}]`) +
    httpRoute('of-exact', `${at('exact')} rules: [${rule('/of-exact', 'a')}]`) +
    httpRoute(
      'exact-elsewhere',
      `${at('wild')} hostnames: [exact.wild.example], rules: [${rule('/elsewhere', 'a')}]`,
    ),
  [
    ['a', { path: '/of-any', host: 'any.example' }],
    [404, { path: '/of-any', host: 'x.wild.example' }],
    [404, { path: '/of-any', host: 'exact.wild.example' }],
    ['a', { path: '/of-wild', host: 'x.wild.example' }],
    ['a', { path: '/of-wild', host: 'x.exact.wild.example' }],
    [404, { path: '/of-wild', host: 'exact.wild.example' }],
    [404, { path: '/of-wild', host: 'wild.example' }],
    ['a', { path: '/of-exact', host: 'exact.wild.example' }],
    [404, { path: '/of-exact', host: 'x.exact.wild.example' }],
    [404, { path: '/elsewhere', host: 'exact.wild.example' }],
  ],
);

test(
  'what the routes for a host do not take is for those of the wildcards around it',
  answers,
  httpRoute('inner', `hostnames: [in.fall.example], rules: [${rule('/fall', 'a')}]`) +
    httpRoute(
      'outer',
      `hostnames: ['*.fall.example'], rules: [${rule('/fall/outer', 'b')}, ${rule('/other', 'b')}]`,
    ) +
    httpRoute('outmost', `rules: [${rule('/outmost', 'b')}]`),
  [
    ['a', { path: '/fall', host: 'in.fall.example' }],
    // The hostname comes before the path.
    ['a', { path: '/fall/outer', host: 'in.fall.example' }],
    ['b', { path: '/other', host: 'in.fall.example' }],
    ['b', { path: '/outmost', host: 'in.fall.example' }],
    ['b', { path: '/fall/outer', host: 'x.fall.example' }],
    [404, { path: '/fall', host: 'x.fall.example' }],
  ],
);

test(
  'an object that names a host and a wildcard around it counts once, as the host',
  answers,
  httpRoute(
    'twice',
    `hostnames: ['*.twice.example', in.twice.example], rules: [${rule('/', 'a')}]`,
  ) + httpRoute('once', `hostnames: ['*.twice.example'], rules: [${rule('/once', 'b')}]`),
  [
    ['a', { path: '/once', host: 'in.twice.example' }],
    ['b', { path: '/once', host: 'x.twice.example' }],
    ['a', { path: '/', host: 'x.twice.example' }],
  ],
);
