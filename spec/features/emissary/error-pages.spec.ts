import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { mapping, moduleOf, openHost } from '../../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const pages = (text: string): string =>
  `error_response_overrides: [{ on_status_code: 503, body: { text_format: "${text}" } }]`;
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    mapping('own', a.port, `prefix: /own/, ${pages('own %RESPONSE_CODE%')}`) +
    mapping('plain', a.port, 'prefix: /plain/') +
    mapping('bypassing', a.port, 'prefix: /bypassing/, bypass_error_response_overrides: true'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

const module = async (config: string): Promise<void> =>
  await gateway.apply('module.yaml', moduleOf(config));

/** What a Mapping answers in place of a 503; `said` where the backend's own answer came. */
const errorOf = async (name: string): Promise<string> => {
  const { status, body, said } = await gateway.ask({ path: `/${name}/status/503` });
  return `${status} ${said.service === undefined ? body : 'said'}`;
};

test.serial(
  'errors have the pages of their Mapping, else those of the Module, and edits are hot',
  async (t) => {
    t.is(await errorOf('own'), '503 own 503');
    t.is(await errorOf('plain'), '503 said');

    await module(pages('of all'));
    const { Listener: before } = await gateway.pushes();
    t.is(await errorOf('own'), '503 own 503');
    t.is(await errorOf('plain'), '503 of all');
    t.is(await errorOf('bypassing'), '503 said');

    await module(pages('of everybody'));
    t.is(await errorOf('plain'), '503 of everybody');
    t.is((await gateway.ask({ path: '/plain/' })).said.service, 'a');
    const { Listener: after } = await gateway.pushes();
    t.is(after, before);
  },
);

const notFound = `error_response_overrides: [
  { on_status_code: 404, body: { json_format: { path: "%REQ(:PATH)%", error: none } } }]`;

test.serial('a request that no Mapping takes has the page of the Module', async (t) => {
  const asked = async (path: string, host = 'any.example'): Promise<unknown> => {
    const { status, headers, body, said } = await gateway.ask({ path, host });
    return [status, headers['content-type'], said.service === undefined ? body : 'said'];
  };
  await gateway.apply(
    'own.yaml',
    mapping('narrow', a.port, `prefix: /narrow/, hostname: narrow.example, ${notFound}`),
  );
  t.deepEqual(await asked('/nowhere'), [404, undefined, '']);

  await module(notFound);
  const page = (path: string) => [404, 'application/json', `{"error":"none","path":"${path}"}\n`];
  t.deepEqual(await asked('/nowhere'), page('/nowhere'));
  t.deepEqual(await asked('/nowhere', 'narrow.example'), page('/nowhere'));
  t.deepEqual(await asked('/plain/status/404'), page('/status/404'));
  t.deepEqual(await asked('/bypassing/status/404'), [404, 'application/json', 'said']);
  t.deepEqual(await asked('/plain/status/503'), [503, 'application/json', 'said']);

  await gateway.remove('module.yaml');
  t.deepEqual(await asked('/nowhere'), [404, undefined, '']);
});

test.serial('a page has no headers of CORS, which its answer would have', async (t) => {
  await gateway.apply(
    'cors.yaml',
    mapping(
      'cors',
      a.port,
      `prefix: /cors/, cors: { origins: ["http://a.example"] }, ${pages('x')}`,
    ),
  );
  const allowed = async (path: string): Promise<unknown> =>
    (await gateway.ask({ path, headers: { origin: 'http://a.example' } })).headers[
      'access-control-allow-origin'
    ];
  t.is(await allowed('/cors/'), 'http://a.example');
  t.is(await allowed('/cors/status/503'), undefined);
});
