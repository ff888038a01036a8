import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { entryLine, headerLine } from '../../src/journal/journal.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace } from '../_support/process/headgate-process.ts';
import { startHeadgate } from '../_support/process/headgate.ts';
import { aHost, aListener, aMapping, applied, listed } from '../_support/world/builders.ts';
import { aCertificate } from '../_support/world/certificates.ts';

test('a replay serves TLS for the recorded names, with certificates of its own', async (t) => {
  const place = aPlace(t);
  const backend = await startBackend({ name: 'web', port: 0 });
  t.teardown(backend.close);
  const port = await freePort();
  const file = join(place.manifests, 'run.ndjson');
  const tls = (name: string, certificate: string, privateKey: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'default' },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': btoa(certificate), 'tls.key': btoa(privateKey) },
  });
  const one = await aCertificate('one.example', 'www.one.example');
  const two = await aCertificate('two.example');
  const options = { ambassadorId: 'default', namespace: 'default' };
  const [first, ...others] = listed([
    aListener('default/https', { port, protocol: 'HTTPS' }),
    aHost('default/one', { hostname: 'one.example', tlsSecret: { name: 'one' } }),
    aHost('default/two', { hostname: 'two.example', tlsSecret: { name: 'two' } }),
    aMapping('default/web', { service: `127.0.0.1:${backend.port}` }),
    tls('one', one.certificate, one.privateKey),
  ]);
  if (first === undefined) throw new Error('expected a list');
  writeFileSync(
    file,
    headerLine({ headgate: 'journal', version: 1, options }) +
      entryLine({ seq: 1, at: 0, events: [first, ...others] }) +
      entryLine({ seq: 2, at: 5, events: [applied(tls('two', two.certificate, two.privateKey))] }),
  );

  const child = startHeadgate([
    ...['replay', file, '--serve', '--instant', '--state-dir', place.state],
    ...['--admin-address', '127.0.0.1:0', '--envoy-concurrency', '1', '--drain-time', '0'],
  ]);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stderr.resume();
  t.teardown(() => child.kill('SIGKILL'));
  const answers = async (sni: string) => await ask({ port, sni }).catch(() => undefined);
  await eventually('Envoy serves both names', async () => {
    const [a, b] = [await answers('one.example'), await answers('two.example')];
    return a?.status === 200 && b?.status === 200;
  });

  t.is(
    (await ask({ port, sni: 'one.example' })).certificate,
    'DNS:one.example, DNS:www.one.example',
  );
  t.is((await ask({ port, sni: 'two.example' })).certificate, 'DNS:two.example');
  child.kill('SIGTERM');
  t.is(await ended, 0);
});
