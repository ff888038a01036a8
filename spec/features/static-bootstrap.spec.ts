import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import test from 'ava';

import { cacheFolder } from '../../src/edge/envoy/cache-folder.ts';
import { findEnvoy } from '../../src/edge/envoy/find-envoy.ts';
import { startBackend } from '../../src/edge/example-backends.ts';
import { run } from '../../src/edge/process/run.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { tempDir } from '../_support/process/temp-dir.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import {
  host,
  listener,
  mapping,
  service,
  slice,
  tlsSecret,
} from '../_support/world/routing-manifests.ts';

const program = fileURLToPath(new URL('../../bin/headgate.js', import.meta.url));

test('the static configuration is valid and serves the same in an Envoy alone', async (t) => {
  t.timeout(300_000);
  const a = await startBackend({ name: 'a', port: 0 });
  t.teardown(a.close);
  const folder = await tempDir(t);
  const [http, https] = [await freePort(), await freePort()];
  const { path: envoy } = await findEnvoy({
    asked: process.env['HEADGATE_ENVOY'],
    cacheFolder: cacheFolder({ env: process.env }),
    env: process.env,
    progress: () => undefined,
  });
  await mkdir(join(folder, 'config'));
  await writeFile(
    join(folder, 'config', 'all.yaml'),
    listener('http', http) +
      listener('https', https, { protocol: 'HTTPS' }) +
      tlsSecret('tls', await aCertificate('secure.example')) +
      host('secure.example', 'tlsSecret: { name: tls }') +
      host('open.example', 'requestPolicy: { insecure: { action: Route } }') +
      service('web') +
      slice(
        'web-1',
        'web',
        `ports: [{ port: ${a.port} }]\nendpoints: [{ addresses: [127.0.0.1] }]`,
      ) +
      mapping('web', 'web', 'prefix: /web/, resolver: endpoint') +
      mapping(
        'direct',
        a.port,
        "prefix: /direct/, add_request_headers: { x-a: { value: '100%' } }",
      ) +
      mapping('away', 'other.example', 'prefix: /away, host_redirect: true'),
  );
  const translated = await run(
    process.execPath,
    [program, 'translate', '--json', '-o', 'bootstrap', join(folder, 'config')],
    { env: process.env, timeout: 120_000 },
  );
  t.is(translated.code, 0, translated.output);
  const config = join(folder, 'envoy.json');
  await writeFile(config, translated.output, { mode: 0o600 });

  const flags = ['--config-path', config, '--concurrency', '1', '--disable-hot-restart'];
  const validated = await run(envoy, [...flags, '--mode', 'validate'], {
    env: process.env,
    timeout: 120_000,
  });
  t.is(validated.code, 0, validated.output);

  const child = spawn(envoy, [...flags, '--log-level', 'error'], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  t.teardown(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const open = { port: http, host: 'open.example' };
  await eventually('Envoy serves', async () =>
    ask({ ...open, path: '/direct/' }).then(
      ({ status }) => status === 200,
      () => false,
    ),
  );

  t.is((await ask({ ...open, path: '/web/' })).said.service, 'a');
  const { said } = await ask({
    ...open,
    path: '/direct/',
    headers: { 'x-envoy-attempt-count': '5', 'x-headgate-shard': 'forged' },
  });
  t.like(said.headers, {
    'x-a': '100%',
    'x-envoy-attempt-count': undefined,
    'x-headgate-shard': undefined,
  });
  t.is((await ask({ ...open, path: '/away' })).headers.location, 'http://other.example/away');
  t.is((await ask({ ...open, path: '/nothing/' })).status, 404);
  t.is((await ask({ ...open, host: 'secure.example', path: '/web/' })).status, 301);
  const secure = await ask({ port: https, sni: 'secure.example', path: '/web/' });
  t.is(secure.said.service, 'a');
  t.is(secure.certificate, 'DNS:secure.example');
  await t.throwsAsync(ask({ port: https, sni: 'unknown.example' }));
});
