import { join } from 'node:path';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import {
  aPlace,
  caughtUp,
  settled,
  startHeadgate,
  type Headgate,
} from '../_support/process/headgate-process.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { replaceFile } from '../_support/world/editor.ts';
import { host, listener, mapping, tlsSecret } from '../_support/world/routing-manifests.ts';

const program = join(import.meta.dirname, '../_support/process/poisoned-run.ts');

const backend = await startBackend({ name: 'a', port: 0 });
test.after.always(backend.close);

const good = async (name: string, mark = 'first.example') => await aCertificate(name, mark);
const bad = async (name: string) => await aCertificate(name, 'poison.example');

type Start = Parameters<typeof aPlace>[0];

/** A gateway with a TLS Listener; a Secret and a Host for each name that is written. */
const aGateway = async (t: Start, tlsLayout = 'chains') => {
  const place = aPlace(t);
  const port = await freePort();
  const write = (file: string, text: string): void =>
    replaceFile(join(place.manifests, file), text);
  const base = (more = ''): string =>
    listener('https', port, { protocol: 'HTTPS', tlsLayout, more }) +
    mapping('all', backend.port, 'prefix: /');
  write('base.yaml', base());
  return {
    place,
    write,
    base,
    start: (): Headgate => startHeadgate(t, place, [], program),
    served: async (sni: string): Promise<string> =>
      await ask({ port, sni }).then(
        ({ certificate = '' }) => certificate,
        () => 'nothing',
      ),
  };
};

const hosts =
  host('one.example', 'tlsSecret: { name: one }') + host('two.example', 'tlsSecret: { name: two }');

const secrets = (one: Awaited<ReturnType<typeof good>>, two: typeof one): string =>
  tlsSecret('one', one) + tlsSecret('two', two);

/** What the problems say is refused. */
const refused = async (headgate: Headgate): Promise<readonly string[]> =>
  (await headgate.problems()).flatMap(({ problem, object = '' }) =>
    problem === 'RefusedByEnvoy' ? [object] : [],
  );

const isRefused = async (headgate: Headgate): Promise<void> =>
  await eventually('it is refused', async () => (await refused(headgate)).length > 0);

test.serial(
  'a certificate that Envoy refuses beside others is found, and costs its Host',
  async (t) => {
    t.timeout(120_000);
    const { write, start, served } = await aGateway(t);
    write('hosts.yaml', hosts);
    write('secrets.yaml', secrets(await good('one.example'), await bad('two.example')));
    const headgate = start();
    await settled(headgate);
    await isRefused(headgate);
    t.deepEqual(await refused(headgate), ['Secret default/two']);
    t.is(await served('one.example'), 'DNS:one.example, DNS:first.example');
    t.is(await served('two.example'), 'nothing');

    write('secrets.yaml', secrets(await good('one.example'), await good('two.example')));
    await eventually('it serves', async () => (await served('two.example')) !== 'nothing');
    t.deepEqual(await refused(headgate), []);
  },
);

test.serial(
  'renewed certificates of which Envoy refuses one: the last good one serves on',
  async (t) => {
    t.timeout(120_000);
    const { place, write, base, start, served } = await aGateway(t);
    write('hosts.yaml', hosts);
    write('secrets.yaml', secrets(await good('one.example'), await good('two.example')));
    const headgate = start();
    await settled(headgate);
    write(
      'secrets.yaml',
      secrets(await good('one.example', 'new.example'), await bad('two.example')),
    );
    await isRefused(headgate);
    await caughtUp(headgate, place);
    t.deepEqual(await refused(headgate), ['Secret default/two']);
    t.is(await served('one.example'), 'DNS:one.example, DNS:new.example');
    t.is(await served('two.example'), 'DNS:two.example, DNS:first.example');

    t.log('a new listener is made with it');
    write('base.yaml', base('statsPrefix: other'));
    await caughtUp(headgate, place);
    t.deepEqual(await refused(headgate), ['Secret default/two']);
    t.is(await served('two.example'), 'DNS:two.example, DNS:first.example');

    process.kill(place.envoy(), 'SIGKILL');
    await eventually('it serves', async () => (await served('one.example')) !== 'nothing');
    await caughtUp(headgate, place);
    t.is(await served('two.example'), 'DNS:two.example, DNS:first.example');
    t.is(await headgate.metric('headgate_nacks_total'), 1);
  },
);

test.serial(
  'a certificate on demand that Envoy refuses is told at once, and nobody waits',
  async (t) => {
    t.timeout(120_000);
    const { place, write, start, served } = await aGateway(t, 'on-demand');
    write('secret.yaml', tlsSecret('two', await bad('two.example')));
    write('hosts.yaml', host('two.example', 'tlsSecret: { name: two }'));
    const headgate = start();
    await settled(headgate);
    t.deepEqual(await refused(headgate), []);
    t.is(await served('two.example'), 'nothing');
    await isRefused(headgate);
    t.deepEqual(await refused(headgate), ['Secret default/two']);
    t.is(await served('two.example'), 'nothing');

    write('secret.yaml', tlsSecret('two', await good('two.example')));
    await caughtUp(headgate, place);
    t.is(await served('two.example'), 'DNS:two.example, DNS:first.example');
    t.deepEqual(await refused(headgate), []);
    const waits = await place.admin.stats('downstream_cx_transport_socket_connect_timeout');
    t.true(waits.size > 0);
    t.is(Math.max(...waits.values()), 0, 'no handshake was given up for lack of a certificate');
  },
);
