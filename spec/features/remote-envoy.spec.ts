import test, { type ExecutionContext } from 'ava';

import { startForwarder } from '../_support/envoy/forwarder.ts';
import { startRemoteEnvoy } from '../_support/envoy/remote-envoy.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import {
  aPlace,
  startHeadgate,
  type Headgate,
  type Place,
} from '../_support/process/headgate-process.ts';
import { tempDir } from '../_support/process/temp-dir.ts';
import type { Signed } from '../_support/world/an-authority.ts';
import { anAuthority, type Authority } from '../_support/world/an-authority.ts';
import { mountedSecret } from '../_support/world/mounted-secret.ts';
import { aFolderOf, aRoute, startPorts, writeWorld } from '../_support/world/steady-world.ts';

test.beforeEach((t) => t.timeout(300_000));

const names = { controlPlane: ['control-plane.example'], envoy: ['edge-1.example'] } as const;

const secretOf = (signed: Signed, ...trusted: readonly Authority[]) => ({
  ...signed,
  ca: trusted.map(({ certificate }) => certificate).join(''),
});

/** Secrets of both sides, as a kubelet mounts them. */
const secrets = async (t: ExecutionContext, ca: Authority) => ({
  server: mountedSecret(await tempDir(t), secretOf(ca.sign({ names: names.controlPlane }), ca)),
  client: mountedSecret(await tempDir(t), secretOf(ca.sign({ names: names.envoy }), ca)),
});

type Files = ReturnType<typeof mountedSecret>['files'];

/** A control plane for remote Envoys only; gives the port it serves them on. */
const aControlPlane = async (t: ExecutionContext, place: Place, files: Files) => {
  const headgate = startHeadgate(t, place, [
    ...['--no-envoy', '--ads-tls-address', '127.0.0.1:0'],
    ...['--ads-tls-cert', files.certificate, '--ads-tls-key', files.privateKey],
    ...['--ads-tls-ca', files.ca],
  ]);
  await eventually('it is ready', async () => await headgate.isReady());
  const serving = (): string | undefined =>
    /serving xDS on 127\.0\.0\.1:(\d+)/.exec(headgate.lines.join('\n'))?.[1];
  await eventually('it says where it serves', () => serving() !== undefined);
  const port = serving();
  return { headgate, port: Number(port) };
};

const tls = ({ certificate, privateKey, ca }: Files): readonly string[] => [
  ...['--tls-cert', certificate, '--tls-key', privateKey, '--tls-ca', ca],
  ...['--tls-server-name', names.controlPlane[0]],
];

const isServed = async (port: number, path: string): Promise<boolean> =>
  await fetch(`http://127.0.0.1:${port}/${path}/`).then(
    ({ status }) => status === 200,
    () => false,
  );

const settled = async (headgate: Headgate): Promise<void> =>
  await eventually('an Envoy has everything', async () => {
    const streams = await headgate.streams();
    return streams.length === 1 && streams.every((one) => one.settled && one.seq > 0);
  });

test('an Envoy elsewhere is served over TLS, through new certificates and another control plane', async (t) => {
  const [old, next] = [anAuthority('old'), anAuthority('next')];
  const { server, client } = await secrets(t, old);
  const place = aPlace(t);
  const folder = aFolderOf(place.manifests);
  const ports = await startPorts(t);
  await writeWorld(folder, ports);
  const service = await startForwarder(t);
  const first = await aControlPlane(t, place, server.files);
  service.leadTo(first.port);
  const envoy = await startRemoteEnvoy(t, service.port, tls(client.files));
  await eventually('it serves', async () => await isServed(ports.http, 'untouched'));
  t.like((await first.headgate.streams())[0], { client: names.envoy[0], node: 'edge-1' });

  server.replace(secretOf(next.sign({ names: names.controlPlane }), old, next));
  client.replace(secretOf(next.sign({ names: names.envoy }), old, next));
  await eventually('the control plane has the new certificate', () =>
    first.headgate.lines.some((line) => line.includes('from now on')),
  );
  folder.write('new.yaml', [aRoute('new', `127.0.0.1:${ports.one}`)]);
  await eventually('configuration flows on', async () => await isServed(ports.http, 'new'));
  t.is((await first.headgate.streams())[0]?.stream, 1, 'on the same stream');

  server.replace(secretOf(next.sign({ names: names.controlPlane }), next));
  await eventually(
    'the control plane does not trust the old CA',
    () => first.headgate.lines.filter((line) => line.includes('from now on')).length === 2,
  );
  service.cut();
  await eventually('Envoy comes back with its new certificate', async () => {
    const [stream] = await first.headgate.streams();
    return stream !== undefined && stream.stream > 1 && stream.settled;
  });
  t.true(await isServed(ports.http, 'new'));

  const replica = { ...aPlace(t), manifests: place.manifests };
  const second = await aControlPlane(t, replica, server.files);
  service.leadTo(second.port);
  t.is(await first.headgate.end('SIGTERM'), 0);
  await settled(second.headgate);
  t.is(await second.headgate.metric('headgate_pushed_resources_total'), 0, 'it has everything');
  folder.write('newer.yaml', [aRoute('newer', `127.0.0.1:${ports.one}`)]);
  await eventually('configuration flows on', async () => await isServed(ports.http, 'newer'));
  t.regex(
    await (await second.headgate.get('/metrics')).text(),
    /expiry_timestamp_seconds\{certificate="server"\} 1\d{9}/,
  );
  t.notRegex(envoy.log(), /\[critical\]/);
});

test('an Envoy with a certificate of another CA gets nothing', async (t) => {
  const ca = anAuthority('ca');
  const { server } = await secrets(t, ca);
  const stranger = await secrets(t, anAuthority('ca'));
  const place = aPlace(t);
  await writeWorld(aFolderOf(place.manifests), await startPorts(t));
  const { headgate, port } = await aControlPlane(t, place, server.files);
  const trusting = { ...stranger.client.files, ca: server.files.ca };
  const envoy = await startRemoteEnvoy(t, port, tls(trusting));

  await eventually('it is turned away again and again', async () => {
    return (await headgate.metric('headgate_ads_refused_connections_total')) >= 3;
  });
  await eventually('it says why', () =>
    /turned away a client .*reason=CERT_SIGNATURE_FAILURE/.test(headgate.lines.join('\n')),
  );
  t.deepEqual(await headgate.streams(), []);
  t.is(
    (await envoy.admin.stats('^listener_manager.lds.update_success')).get(
      'listener_manager.lds.update_success',
    ),
    0,
  );
});

test('an Envoy does not take a client of the same CA for the control plane', async (t) => {
  const ca = anAuthority('ca');
  const { client } = await secrets(t, ca);
  const place = aPlace(t);
  await writeWorld(aFolderOf(place.manifests), await startPorts(t));
  const { headgate, port } = await aControlPlane(t, place, client.files);
  const envoy = await startRemoteEnvoy(t, port, tls(client.files));

  const failed = 'cluster.headgate-control-plane.ssl.fail_verify_san';
  await eventually(
    'Envoy refuses the name',
    async () => ((await envoy.admin.stats(failed)).get(failed) ?? 0) > 0,
  );
  t.deepEqual(await headgate.streams(), []);
});
