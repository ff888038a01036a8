import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startTellingBackend } from '../../_support/envoy/telling-backend.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
} from '../../_support/world/gateway-api/manifests.ts';

const a = await startTellingBackend('a');
const b = await startTellingBackend('b');
const silent = await freePort();
const gateway = await aGateway(
  ({ http }) =>
    ourClass +
    gatewayOf([cleartext('http', http)]) +
    backend('a', a.port) +
    backend('b', b.port) +
    backend('silent', silent),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

const { http } = gateway.ports;

/** Applies one route for a host, and tells what the backend behind it was sent: `a GET /path`, and headers. */
const told = async (
  path: string,
  host: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly string[] | number> => {
  const { status, body } = await gateway.ask({ path, host, headers });
  return status === 200 ? (JSON.parse(body) as readonly string[]) : status;
};

const route = async (host: string, rules: string): Promise<void> =>
  await gateway.apply(
    `${host}.yaml`,
    httpRoute(host.split('.')[0] ?? '', `hostnames: [${host}], rules: [${rules}]`),
  );

const toA = 'backendRefs: [{ name: a, port: 80 }]';

const shown = (request: readonly string[] | number, prefix: string): readonly string[] =>
  typeof request === 'number'
    ? [String(request)]
    : request.filter((line) => line.toLowerCase().startsWith(prefix));

test('headers are set, added and removed as they are written, percent signs too', async (t) => {
  await route(
    'headers.example',
    `{ ${toA}, filters: [
      { type: RequestHeaderModifier, requestHeaderModifier: {
          set: [{ name: X-Set, value: '100% %REQ(x-secret)% %%' }],
          add: [{ name: X-Add, value: more }],
          remove: [X-Gone] } },
      { type: ResponseHeaderModifier, responseHeaderModifier: { set: [{ name: X-Answer, value: '5%' }] } } ] }`,
  );
  const question = {
    host: 'headers.example',
    headers: { 'x-set': 'old', 'x-add': 'some', 'x-gone': 'yes', 'x-secret': 'geheim' },
  };
  const { body, headers } = await gateway.ask(question);
  const lines = (JSON.parse(body) as readonly string[]).map((line) => line.toLowerCase());
  t.deepEqual(
    lines.filter((line) => /^x-(set|add|gone)/.test(line)),
    ['x-set: 100% %req(x-secret)% %%', 'x-add: some', 'x-add: more'].sort(
      (one, other) => lines.indexOf(one) - lines.indexOf(other),
    ),
  );
  t.is(headers['x-answer'], '5%');
});

test('paths and hosts are rewritten', async (t) => {
  const rewrite = (path: string, change: string): string =>
    `{ matches: [{ path: { value: ${path} } }], ${toA}, filters: [{ type: URLRewrite, urlRewrite: ${change} }] }`;
  await route(
    'rewrite.example',
    [
      rewrite('/full', '{ path: { type: ReplaceFullPath, replaceFullPath: /one } }'),
      rewrite('/prefix/', '{ path: { type: ReplacePrefixMatch, replacePrefixMatch: /two/ } }'),
      rewrite('/cut', '{ path: { type: ReplacePrefixMatch, replacePrefixMatch: "" } }'),
      rewrite('/host', '{ hostname: other.example }'),
    ].join(', '),
  );
  const path = async (asked: string) => {
    const request = await told(asked, 'rewrite.example');
    return typeof request === 'number' ? request : request[2];
  };
  t.is(await path('/full/x?q=1'), '/one?q=1');
  t.is(await path('/prefix/x'), '/two/x');
  t.is(await path('/prefix'), '/two');
  t.is(await path('/cut/x'), '/x');
  t.is(await path('/cut'), '/');
  t.is(await path('/cuts'), 404);
  t.deepEqual(shown(await told('/host', 'rewrite.example'), 'host:'), ['host: other.example']);
});

test('redirects name a port only where it is not the usual one', async (t) => {
  const redirect = (path: string, change: string): string =>
    `{ matches: [{ path: { value: ${path} } }], filters: [{ type: RequestRedirect, requestRedirect: ${change} }] }`;
  await route(
    'redirect.example',
    [
      redirect('/host', '{ hostname: other.example, statusCode: 301 }'),
      redirect('/scheme', '{ scheme: https }'),
      redirect('/port', '{ port: 8443, scheme: https, statusCode: 307 }'),
      redirect(
        '/path',
        '{ port: 80, path: { type: ReplacePrefixMatch, replacePrefixMatch: /new } }',
      ),
    ].join(', '),
  );
  const to = async (path: string) => {
    const { status, headers } = await gateway.ask({ path, host: `redirect.example:${http}` });
    return `${status} ${headers.location}`;
  };
  t.is(await to('/host/x?q=1'), `301 http://other.example:${http}/host/x?q=1`);
  t.is(await to('/scheme'), '302 https://redirect.example/scheme');
  t.is(await to('/port'), '307 https://redirect.example:8443/port');
  t.is(await to('/path/x'), '302 http://redirect.example/new/x');
});

test('filters of backends count for their share alone', async (t) => {
  const share = (name: string, value: string, more = ''): string =>
    `{ name: ${name}, port: 80, filters: [
        { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: x-share, value: ${value} }] } }
        ${more} ] }`;
  const rewriting = (path: string): string =>
    `, { type: URLRewrite, urlRewrite: { path: { type: ReplaceFullPath, replaceFullPath: ${path} } } }`;
  await route('shares.example', `{ backendRefs: [${share('a', 'one')}, ${share('b', 'two')}] }`);
  await route(
    'parts.example',
    `{ backendRefs: [${share('a', 'one', rewriting('/one'))}, ${share('b', 'two', rewriting('/two'))}] }`,
  );
  const seen = async (host: string) => {
    const requests = await Promise.all(
      Array.from({ length: 60 }, async () => await told('/', host)),
    );
    return [
      ...new Set(
        requests.map((one) =>
          typeof one === 'number' ? one : `${one[0]} ${one[2]} ${shown(one, 'x-share').join()}`,
        ),
      ),
    ].sort();
  };
  t.deepEqual(await seen('shares.example'), ['a / x-share: one', 'b / x-share: two']);
  t.deepEqual(await seen('parts.example'), ['a /one x-share: one', 'b /two x-share: two']);
});

test('requests that cannot be served as asked fail, and the rest is served', async (t) => {
  await route(
    'failing.example',
    `{ matches: [{ path: { value: /guarded } }], ${toA}, filters: [{ type: ExternalAuth }] },
     { matches: [{ path: { value: /object } }], ${toA}, filters: [
         { type: ExtensionRef, extensionRef: { group: odd.example, kind: Odd, name: x } }] },
     { matches: [{ path: { value: /nowhere } }], backendRefs: [{ name: nowhere, port: 80 }] },
     { matches: [{ path: { value: /foreign } }], backendRefs: [{ name: a, namespace: shop, port: 80 }] },
     { matches: [{ path: { type: RegularExpression, value: "/(" } }], ${toA} },
     { ${toA} }`,
  );
  const status = async (path: string) =>
    (await gateway.ask({ path, host: 'failing.example' })).status;
  t.is(await status('/guarded/x'), 500);
  t.is(await status('/object'), 500);
  t.is(await status('/nowhere'), 500);
  t.is(await status('/foreign'), 500);
  t.is(await status('/'), 200);
});

test('no wider route takes the requests of one that is not accepted', async (t) => {
  await route(
    'guarded.example',
    `{ matches: [{ path: { value: /guarded } }], ${toA}, filters: [{ type: ExternalAuth }] }`,
  );
  await gateway.apply(
    'wider.yaml',
    httpRoute('wider', `hostnames: [guarded.example], rules: [{ ${toA} }]`),
  );
  const status = async (path: string) =>
    (await gateway.ask({ path, host: 'guarded.example' })).status;
  t.is(await status('/guarded/x'), 500);
  t.is(await status('/'), 200);
});

test('a backend without an endpoint that answers is 503', async (t) => {
  await route('silent.example', `{ backendRefs: [{ name: silent, port: 80 }] }`);
  t.is((await gateway.ask({ host: 'silent.example' })).status, 503);
});
