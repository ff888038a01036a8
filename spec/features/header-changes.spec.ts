import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { mapping, openHost } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

test('request headers are added, appended, replaced and removed', async (t) => {
  await gateway.apply(
    'request.yaml',
    mapping(
      'request',
      a.port,
      `prefix: /request/,
       add_request_headers: {
         x-new: { value: one },
         x-more: { value: two },
         x-set: { value: three, append: false },
       },
       remove_request_headers: [x-gone]`,
    ),
  );
  const { said } = await gateway.ask({
    path: '/request/',
    headers: { 'x-more': 'mine', 'x-set': 'mine', 'x-gone': 'mine' },
  });
  t.is(said.headers['x-new'], 'one');
  t.is(said.headers['x-more'], 'mine, two');
  t.is(said.headers['x-set'], 'three');
  t.is(said.headers['x-gone'], undefined);
});

test('response headers are added and removed', async (t) => {
  await gateway.apply(
    'response.yaml',
    mapping(
      'response',
      a.port,
      `prefix: /response/,
       add_response_headers: { x-a: { value: one }, x-service: { value: changed, append: false } },
       remove_response_headers: [content-type]`,
    ),
  );
  const { headers } = await gateway.ask({ path: '/response/' });
  t.is(headers['x-a'], 'one');
  t.is(headers['x-service'], 'changed');
  t.is(headers['content-type'], undefined);
});

/** What a header value written in a Mapping is when it arrives. */
const arrives = test.macro<[name: string, written: string, arrived: string]>({
  async exec(t, name, written, arrived) {
    await gateway.apply(
      `${name}.yaml`,
      mapping(
        name,
        a.port,
        `prefix: /${name}/, add_request_headers: { x-a: { value: '${written}' } }`,
      ),
    );
    const { said } = await gateway.ask({ path: `/${name}/`, headers: { 'x-user': 'me' } });
    t.is(said.headers['x-a'], arrived);
  },
  title: (_, __, written, arrived) => `the header value ${written} arrives as ${arrived}`,
});

test(arrives, 'percent', '100%', '100%');
test(arrives, 'literal', '%%ENVIRONMENT(HOME)%%', '%ENVIRONMENT(HOME)%');
test(arrives, 'bytes', '%C3%A9', '%C3%A9');
test(arrives, 'remote', 'ip=%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%', 'ip=127.0.0.1');
test(arrives, 'header', '%REQ(X-User)%', 'me');
test(arrives, 'doubled', 'a%%b', 'a%b');
