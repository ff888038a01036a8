import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
  rule,
} from '../../_support/world/gateway-api/manifests.ts';

const [old, young, shop] = await Promise.all(
  ['old', 'young', 'shop'].map(async (name) => await startBackend({ name, port: 0 })),
);

const paths = (prefix: string, from: number): string =>
  Array.from({ length: 64 }, (_, i) => `{ path: { value: ${prefix}/${from + i} } }`).join(', ');

/** As many matches as an HTTPRoute can have. */
const wide = (name: string, prefix: string, to: string): string =>
  httpRoute(
    name,
    `rules: [${[0, 64]
      .map(
        (from) => `{ matches: [${paths(prefix, from)}], backendRefs: [{ name: ${to}, port: 80 }] }`,
      )
      .join(', ')}]`,
  );

const gateway = await aGateway(
  ({ http }) =>
    ourClass +
    gatewayOf([cleartext('http', http)]) +
    backend('old', old?.port ?? 0) +
    backend('young', young?.port ?? 0) +
    backend('shop', shop?.port ?? 0) +
    httpRoute('everything', `rules: [${rule('/', 'old')}]`) +
    ['a', 'b', 'c'].map((name) => wide(name, `/${name}`, 'old')).join('') +
    wide('y', '/y', 'young') +
    httpRoute('shop', `hostnames: [shop.example], rules: [${rule('/shop', 'shop')}]`),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), old?.close(), young?.close(), shop?.close()]);
});

const asked = async (host: string, path: string): Promise<string | number> => {
  const { status, body } = await gateway.ask({ host, path });
  return status === 200 ? (/old|young|shop/.exec(body)?.[0] ?? body) : status;
};

test('a route that has no room beside a narrower hostname fails there, and no other one takes its requests', async (t) => {
  t.is(await asked('any.example', '/y/1'), 'young');
  t.is(await asked('shop.example', '/y/1'), 503);
  t.is(await asked('shop.example', '/shop'), 'shop');
  t.is(await asked('shop.example', '/a/1'), 'old');
  t.is(await asked('shop.example', '/else'), 'old');
  const problems = await gateway.debug<readonly { readonly problem: string }[]>('problems');
  t.deepEqual(
    problems.map((one) => JSON.stringify(one)).filter((one) => !one.includes('LeftOut')),
    [],
  );
  t.is(problems.length, 1);
});
