import { join } from 'node:path';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import {
  aPlace,
  settled,
  startHeadgate,
  type Headgate,
} from '../_support/process/headgate-process.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { replaceFile } from '../_support/world/editor.ts';
import { host, listener, mapping, tlsSecret } from '../_support/world/routing-manifests.ts';

test('what Envoy was given on demand outlives the control plane, and is not sent again', async (t) => {
  t.timeout(600_000);
  const place = aPlace(t);
  const port = await freePort();
  const backend = await startBackend({ name: 'a', port: 0 });
  t.teardown(backend.close);
  const write = (file: string, text: string): void =>
    replaceFile(join(place.manifests, file), text);
  const served = async (sni: string): Promise<string | undefined> =>
    (await ask({ port, sni })).certificate;
  const pushed = async (headgate: Headgate): Promise<number> =>
    await headgate.metric('headgate_pushed_resources_total');
  write(
    'base.yaml',
    listener('https', port, { protocol: 'HTTPS', tlsLayout: 'on-demand' }) +
      tlsSecret('wide', await aCertificate('*.wide.example')) +
      tlsSecret('gone', await aCertificate('gone.example')) +
      host('*.wide.example', 'tlsSecret: { name: wide }') +
      mapping('all', backend.port, 'prefix: /'),
  );
  write('gone.yaml', host('gone.example', 'tlsSecret: { name: gone }'));
  let headgate = startHeadgate(t, place);
  await settled(headgate);

  t.log('Envoy has asked for nothing yet');
  t.is(await headgate.end('SIGKILL'), null);
  headgate = startHeadgate(t, place);
  await settled(headgate);
  t.is(await pushed(headgate), 0);

  t.is(await served('a.wide.example'), 'DNS:*.wide.example');
  t.is(await served('gone.example'), 'DNS:gone.example');
  await t.throwsAsync(served('unknown.example'));
  t.is(await headgate.end('SIGKILL'), null);
  t.is(await served('a.wide.example'), 'DNS:*.wide.example');

  headgate = startHeadgate(t, place);
  await settled(headgate);
  t.is(await pushed(headgate), 0);
  t.is(await served('a.wide.example'), 'DNS:*.wide.example');
  t.is(await pushed(headgate), 0);
  t.is(await served('b.wide.example'), 'DNS:*.wide.example');
  t.is(await pushed(headgate), 1);

  t.is(await headgate.end('SIGKILL'), null);
  write('gone.yaml', '');
  write('wide.yaml', tlsSecret('wide-2', await aCertificate('*.wide.example', 'new')));
  write('a.yaml', host('*.wide.example', 'tlsSecret: { name: wide-2 }', 'name: a'));
  headgate = startHeadgate(t, place);
  await settled(headgate);
  await eventually(
    'the new certificate',
    async () => (await served('a.wide.example')) !== 'DNS:*.wide.example',
  );
  t.is(await served('b.wide.example'), 'DNS:*.wide.example, DNS:new');
  await t.throwsAsync(served('gone.example'));

  t.log('Envoy has nothing left that it asked for');
  write('a.yaml', '');
  write(
    'base.yaml',
    listener('https', port, { protocol: 'HTTPS', tlsLayout: 'on-demand' }) +
      mapping('all', backend.port, 'prefix: /') +
      host('new.example', 'tlsSecret: { name: wide-2 }'),
  );
  await eventually(
    'nothing is held',
    async () => (await served('a.wide.example').catch(() => 'none')) === 'none',
  );
  await settled(headgate);
  t.is(await headgate.end('SIGKILL'), null);
  headgate = startHeadgate(t, place);
  await settled(headgate);
  t.is(await served('new.example'), 'DNS:*.wide.example, DNS:new');
  t.is(await pushed(headgate), 1);
  t.is(await headgate.metric('headgate_nacks_total'), 0);
  t.is(await headgate.end('SIGINT'), 0);
});
