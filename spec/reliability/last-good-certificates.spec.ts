import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { aPlace, caughtUp, settled, startHeadgate } from '../_support/process/headgate-process.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { replaceFile } from '../_support/world/editor.ts';
import { host, listener, mapping, tlsSecret } from '../_support/world/routing-manifests.ts';

const outlives = test.macro(async (t, tlsLayout: 'chains' | 'on-demand') => {
  t.timeout(300_000);
  const place = aPlace(t);
  const port = await freePort();
  const backend = await startBackend({ name: 'a', port: 0 });
  t.teardown(backend.close);
  const write = (file: string, text: string): void =>
    replaceFile(join(place.manifests, file), text);
  const served = async (sni: string): Promise<string | undefined> =>
    (await ask({ port, sni })).certificate;
  const bad = await aCertificate('bad.example');
  const other = await aCertificate('other.example');
  write(
    'base.yaml',
    listener('https', port, { protocol: 'HTTPS', tlsLayout }) +
      tlsSecret('good', await aCertificate('good.example')) +
      host('good.example', 'tlsSecret: { name: good }') +
      host('bad.example', 'tlsSecret: { name: bad }') +
      mapping('all', backend.port, 'prefix: /'),
  );
  write('bad.yaml', tlsSecret('bad', bad));
  let headgate = startHeadgate(t, place);
  await settled(headgate);
  t.is(await served('bad.example'), 'DNS:bad.example');
  write('bad.yaml', tlsSecret('bad', { ...bad, privateKey: other.privateKey }));
  await caughtUp(headgate, place);
  t.is(await served('bad.example'), 'DNS:bad.example');

  const next = async () => {
    await headgate.end('SIGKILL');
    headgate = startHeadgate(t, place);
    await settled(headgate);
  };
  const tags = async () =>
    (await headgate.problems())
      .map(({ problem }) => problem)
      // A Host here has a certificate for another name.
      .filter((tag) => tag !== 'UnknownField' && tag !== 'UnfitCertificate')
      .join();
  for (const death of ['first', 'second']) {
    await next();
    t.true(
      headgate.lines.some((line) => line.includes('took over the running Envoy')),
      death,
    );
    t.is(await headgate.metric('headgate_pushed_resources_total'), 0, death);
    t.is(await served('bad.example'), 'DNS:bad.example', death);
    t.is(await served('good.example'), 'DNS:good.example', death);
    t.is(await tags(), 'InvalidCertificate', death);
  }
  const kept = readFileSync(join(place.state, 'last-good.ndjson'), 'utf8');
  const key = bad.privateKey.split('\n').filter((line) => line !== '' && !line.startsWith('-'));
  t.true(kept.includes('default/bad'));
  for (const secret of [...key, 'PRIVATE KEY']) t.false(kept.includes(secret));

  t.log('the Listener changes');
  write('more.yaml', host('more.example', 'tlsSecret: { name: good }'));
  await caughtUp(headgate, place);
  t.is(await served('more.example'), 'DNS:good.example');
  t.is(await served('bad.example'), 'DNS:bad.example');

  t.log('nobody has the key any more');
  const envoy = place.envoy();
  process.kill(envoy, 'SIGKILL');
  await eventually('another Envoy serves', async () => {
    const now = place.envoy();
    const certificate = await served('good.example').catch(() => undefined);
    return now !== 0 && now !== envoy && certificate === 'DNS:good.example';
  });
  await settled(headgate);
  await t.throwsAsync(served('bad.example'));
  const waited = await place.admin.stats('init_fetch_timeout');
  t.true(waited.size > 0);
  t.deepEqual(
    [...waited].filter(([, times]) => times > 0),
    [],
    'and nothing waits for it',
  );
  t.is(await tags(), 'InvalidCertificate');
  await next();
  await t.throwsAsync(served('bad.example'));

  t.log('the same Secret again');
  write('bad.yaml', tlsSecret('bad', bad));
  await eventually(
    'the certificate is served',
    async () => (await served('bad.example').catch(() => '')) === 'DNS:bad.example',
  );
  await caughtUp(headgate, place);
  t.is(await tags(), '');
  t.is(await headgate.end('SIGINT'), 0);
});

test(
  'a certificate outlives the control plane that knew its key, in its own chain',
  outlives,
  'chains',
);
test('the same of a certificate that comes on demand', outlives, 'on-demand');
