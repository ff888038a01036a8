import { createServer } from 'node:http';

import test from 'ava';

import { corsFilter, originPattern, type CorsPolicy } from '../../../src/ir/filter/cors.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import type { Answer } from '../../_support/envoy/ask.ts';
import { routesInEnvoy } from '../../_support/envoy/routes-in-envoy.ts';
import { aForward, aRoute } from '../../_support/world/an-ir.ts';

const backend = await listening(
  createServer((_, response) => response.writeHead(200, { 'x-backend': 'shop' }).end()),
);

const at = (value: string, policy: Partial<CorsPolicy>) =>
  aRoute({
    match: { ...aRoute().match, path: { _tag: 'Prefix', value, caseSensitive: true } },
    action: aForward(
      value === '/broken' ? { backends: [{ _tag: 'Fails', status: 500, weight: 1 }] } : {},
    ),
    filters: [
      {
        filter: corsFilter,
        settings: {
          _tag: 'Cors',
          origins: [],
          methods: [],
          headers: [],
          exposedHeaders: [],
          ...policy,
        },
      },
    ],
  });

const all = { origins: ['*'], methods: ['*'], headers: ['*'] };

const envoy = await routesInEnvoy(
  [
    at('/named', {
      origins: ['https://www.foo.example'],
      originPatterns: [originPattern('https://*.bar.example')],
      methods: ['GET', 'OPTIONS'],
      headers: ['x-one', 'x-two'],
      exposedHeaders: ['x-three'],
      credentials: true,
      maxAge: '3600',
      answersAllPreflights: true,
    }),
    at('/passing', { origins: ['https://www.foo.example'] }),
    at('/all', all),
    at('/credentials', { ...all, credentials: true }),
    at('/broken', { ...all, answersAllPreflights: true }),
  ],
  { shop: backend.port },
);
test.after.always(async () => {
  await Promise.all([envoy.stop(), backend.close()]);
});

/** What an answer says of sharing, and whether it is the backend's. */
const shown = ({ status, headers }: Answer) => ({
  status,
  isOfBackend: headers['x-backend'] === 'shop',
  ...Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith('access-control-'))
      .map(([name, value]) => [name.slice('access-control-'.length), value]),
  ),
});

const preflight = async (path: string, origin: string) =>
  shown(
    await envoy.ask({
      path,
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'x-one, x-nine',
      },
    }),
  );

const asked = async (path: string, origin: string) =>
  shown(await envoy.ask({ path, headers: { origin } }));

/** What Envoy says of the policy, also to an origin that it gives no leave. */
const policy = {
  'allow-credentials': 'true',
  'allow-headers': 'x-one, x-two',
  'allow-methods': 'GET, OPTIONS',
  'max-age': '3600',
};

test('origins are named, or have a pattern', async (t) => {
  const allowed = {
    status: 200,
    isOfBackend: false,
    ...policy,
    'expose-headers': 'x-three',
  };
  for (const origin of [
    'https://www.foo.example',
    'https://www.bar.example',
    'https://a.b.bar.example',
    'https://www.bar.example:443',
  ])
    t.deepEqual<unknown, unknown>(await preflight('/named', origin), {
      ...allowed,
      'allow-origin': origin,
    });
});

test('a preflight of another origin is answered without leave', async (t) => {
  for (const origin of [
    'https://foo.example',
    'http://www.bar.example',
    'https://bar.example',
    'https://www.bar.example.evil.example',
    'https://wwwxbar.example',
    'https://www.bar.example:8443',
    'null',
  ])
    t.deepEqual<unknown, unknown>(await preflight('/named', origin), {
      status: 200,
      isOfBackend: false,
      ...policy,
    });
});

test('where that is not asked for, a preflight of another origin goes on', async (t) => {
  t.deepEqual<unknown, unknown>(await preflight('/passing', 'https://evil.example'), {
    status: 200,
    isOfBackend: true,
  });
});

test('a request is served whatever its origin, and shared with those that may have it', async (t) => {
  t.deepEqual<unknown, unknown>(await asked('/named', 'https://www.bar.example'), {
    status: 200,
    isOfBackend: true,
    'allow-credentials': 'true',
    'allow-origin': 'https://www.bar.example',
    'expose-headers': 'x-three',
  });
  t.deepEqual<unknown, unknown>(await asked('/named', 'https://evil.example'), {
    status: 200,
    isOfBackend: true,
  });
});

test('who may ask everything is told what it asked for, with credentials or without', async (t) => {
  const origin = 'https://any.example:12345';
  const told = {
    status: 200,
    isOfBackend: false,
    'allow-headers': 'x-one, x-nine',
    'allow-methods': 'PUT',
    'allow-origin': origin,
  };
  t.deepEqual<unknown, unknown>(await preflight('/all', origin), told);
  t.deepEqual<unknown, unknown>(await preflight('/credentials', origin), {
    ...told,
    'allow-credentials': 'true',
  });
});

test('a preflight is answered where no backend is', async (t) => {
  const { status, isOfBackend } = await preflight('/broken', 'https://any.example');
  t.deepEqual([status, isOfBackend], [200, false]);
  t.is((await asked('/broken', 'https://any.example')).status, 500);
});

const patterns = test.macro<[origin: string, pattern: string]>((t, origin, expected) => {
  t.is(originPattern(origin), expected);
});

test(
  'a star is any part of a host',
  patterns,
  'https://*.bar.example',
  'https://[\\w.-]*\\.bar\\.example(?::443)?',
);
test('a port that is not usual counts', patterns, 'http://*:8080', 'http://[\\w.-]*:8080');
test('the usual port may be left out', patterns, 'http://a.*:80', 'http://a\\.[\\w.-]*(?::80)?');
