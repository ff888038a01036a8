import test from 'ava';

import { debugPages } from '../../../src/edge/admin/debug-server.ts';
import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

test('credentials that a Mapping holds reach the service, and no log and no debug page', async (t) => {
  const backend = await startBackend({ name: 'web', port: 0 });
  t.teardown(backend.close);
  const gateway = await aGateway(
    (ports) =>
      openHost(ports) +
      mapping(
        'adds',
        backend.port,
        'prefix: /adds/, add_request_headers: { Authorization: Basic hunter2 }',
      ) +
      mapping(
        'compares',
        backend.port,
        'prefix: /compares/, headers: { x-api-key: hunter2 }, regex_headers: { cookie: ".*hunter2.*" }',
      ) +
      mapping('wrong', 'http://user:hunter2@host', 'prefix: /wrong/') +
      mapping(
        'split',
        backend.port,
        'prefix: /split/, add_response_headers: { set-cookie: "hunter2\\r\\nx: y" }',
      ),
  );
  t.teardown(gateway.stop);

  t.is((await gateway.ask({ path: '/adds/' })).said.headers['authorization'], 'Basic hunter2');
  const headers = { 'x-api-key': 'hunter2', cookie: 'a=hunter2' };
  t.is((await gateway.ask({ path: '/compares/', headers })).status, 200);
  t.is((await gateway.ask({ path: '/compares/' })).status, 404);

  for (const name of ['wrong', 'split'])
    t.is((await gateway.problems(`Mapping default/${name}`)).length, 1, name);
  for (const page of debugPages)
    t.notRegex(JSON.stringify(await gateway.debug(page)), /hunter2/, page);
  t.regex(gateway.log().join('\n'), /spec\.service: .*user:\[redacted\]@host/);
  t.notRegex(gateway.log().join('\n'), /hunter2/);
});
