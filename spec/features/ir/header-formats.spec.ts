import test from 'ava';

import { route } from '../../../src/xds/route/route.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { startStaticEnvoy } from '../../_support/envoy/static-envoy.ts';
import { aRoute } from '../../_support/world/an-ir.ts';

/** Header values as users write them, and what a client gets. */
const values: readonly (readonly [written: string, got: string])[] = [
  ['%PROTOCOL%', 'HTTP/1.1'],
  ...[
    '%ENVIRONMENT(HOME)%',
    '%DYNAMIC_METADATA(["\\u0025ENVIRONMENT(HOME)\\u0025"])%',
    '%UPSTREAM_METADATA(["\\u0025ENVIRONMENT(HOME)\\u0025"])%',
    '%DYNAMIC_METADATA( ["\\u0025HOSTNAME\\u0025", "b"] )%',
    '%DYNAMIC_METADATA(["\\r\\nx-injected: y"])%',
    '%DYNAMIC_METADATA(["\\u0025BOGUS\\u0025"])%',
    '%PER_REQUEST_STATE(a)%',
  ].map((value) => [value, value] as const),
  [
    '%%DYNAMIC_METADATA(["\\u0025HOSTNAME\\u0025"])%%',
    '%DYNAMIC_METADATA(["\\u0025HOSTNAME\\u0025"])%',
  ],
];

const routes = values.map(([value], i) =>
  route(
    aRoute({
      match: {
        ...aRoute().match,
        path: { _tag: 'Exact', value: `/${i}`, caseSensitive: true },
      },
      action: { _tag: 'Respond', status: 200 },
      responseHeaders: { add: [{ name: 'x-told', value, append: false }], remove: [] },
    }),
  ),
);

test('Envoy decodes no JSON in a header value, so that no command hides there', async (t) => {
  const { port } = await startStaticEnvoy(t, {
    name: 'web',
    virtual_hosts: [{ name: '*', domains: ['*'], routes }],
  });
  for (const [i, [written, got]] of values.entries()) {
    const { headers } = await ask({ port, path: `/${i}` });
    t.is(headers['x-told'], got, written);
    t.is(headers['x-injected'], undefined, written);
  }
});
