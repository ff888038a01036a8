import { once } from 'node:events';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { connect, type ConnectionOptions } from 'node:tls';

import { credentials, status } from '@grpc/grpc-js';
import test, { type ExecutionContext } from 'ava';
import { filter, firstValueFrom, ReplaySubject } from 'rxjs';

import { adsServer } from '../../../../src/edge/ads/ads-server.ts';
import type { RemoteAdsEvent } from '../../../../src/edge/ads/remote-ads.ts';
import type { Snapshot } from '../../../../src/xds/snapshot.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';
import { anAuthority, type Authority, type Signed } from '../../../_support/world/an-authority.ts';
import { mountedSecret } from '../../../_support/world/mounted-secret.ts';
import { adsClient } from '../../../_support/xds/ads-client.ts';
import { aCluster, aSnapshot } from '../../../_support/xds/xds-world.ts';

const secretOf = (authority: Authority, trusted = authority.certificate) => ({
  ...authority.sign({ names: ['control-plane', '127.0.0.1'] }),
  ca: trusted,
});

/** A server for remote Envoys that serves one cluster, and clients of it. */
const aServer = async (t: ExecutionContext, authority: Authority) => {
  const secret = mountedSecret(await tempDir(t), secretOf(authority));
  const published$ = new ReplaySubject<{ snapshot: Snapshot }>(1);
  const anyPort = { _tag: 'Tcp', host: '127.0.0.1', port: 0 } as const;
  const server = adsServer({
    address: anyPort,
    remote: { address: anyPort, files: secret.files, lookEvery: 5 },
    published$,
  });
  const events$ = new ReplaySubject<RemoteAdsEvent>();
  server.remote$.subscribe(events$);
  const { remote } = await server.start();
  t.teardown(server.kill);
  const port = remote?.port ?? 0;
  return {
    ...server,
    secret,
    port,
    happened: async <Tag extends RemoteAdsEvent['_tag']>(tag: Tag, nth = 1) => {
      let seen = 0;
      return (await firstValueFrom(
        events$.pipe(filter(({ _tag }) => _tag === tag && ++seen === nth)),
      )) as Extract<RemoteAdsEvent, { readonly _tag: Tag }>;
    },
    publish: (version: string) =>
      published$.next({ snapshot: aSnapshot(1, { clusters: [aCluster('a', version)] }) }),
    client: ({ certificate, privateKey }: Signed, trusted = authority.certificate) => {
      const [ca, key, chain] = [trusted, privateKey, certificate].map((pem) => Buffer.from(pem));
      const security = credentials.createSsl(ca, key, chain);
      const client = adsClient(`127.0.0.1:${port}`, undefined, security);
      t.teardown(client.close);
      client.send({ typeUrl: TypeUrl.Cluster });
      return client;
    },
    /** Why the server ended the connection; in TLS 1.3 a client has finished before it is told. */
    handshake: async (options: ConnectionOptions): Promise<string | undefined> => {
      const socket = connect({ port, host: '127.0.0.1', ca: authority.certificate, ...options });
      socket.on('data', () => undefined);
      return await new Promise((resolve) => {
        socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
        socket.once('close', () => resolve(undefined));
      });
    },
  };
};

const edge = { names: ['spiffe://cluster/edge', 'edge-1'] } as const;

test('a client whose certificate the CA has signed is served, and is known by its name', async (t) => {
  const authority = anAuthority('ca');
  const server = await aServer(t, authority);
  server.publish('1');
  const client = server.client(authority.sign(edge));

  t.deepEqual((await client.next()).names, ['a']);
  t.like(server.streams()[0], { client: 'spiffe://cluster/edge' });
});

test('attack A02: nobody is served without a certificate, or with one of another CA', async (t) => {
  const authority = anAuthority('ca');
  const server = await aServer(t, authority);
  server.publish('1');
  const stranger = server.client(anAuthority('ca').sign(edge));
  const expired = server.client(authority.sign({ ...edge, lasts: -1 }));

  t.is((await stranger.ended).code, status.UNAVAILABLE);
  t.is((await expired.ended).code, status.UNAVAILABLE);
  t.is(await server.handshake({}), 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
  t.like(await server.happened('TurnedAway'), { _tag: 'TurnedAway' });
  t.deepEqual(server.streams(), []);
});

test('TLS 1.2 is refused, and plain text is no TLS', async (t) => {
  const authority = anAuthority('ca');
  const server = await aServer(t, authority);
  const { certificate: cert, privateKey: key } = authority.sign(edge);

  const old = await server.handshake({ cert, key, maxVersion: 'TLSv1.2' });
  t.is(old, 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  const plain = adsClient(`127.0.0.1:${server.port}`);
  t.teardown(plain.close);
  plain.send({ typeUrl: TypeUrl.Cluster });
  t.is((await plain.ended).code, status.UNAVAILABLE);
});

test('attack A05: a request of more than 16 MiB ends its stream, and no other', async (t) => {
  const authority = anAuthority('ca');
  const server = await aServer(t, authority);
  server.publish('1');
  const [large, other] = [server.client(authority.sign(edge)), server.client(authority.sign(edge))];
  large.sendBytes(Buffer.alloc((16 << 20) + 1));
  t.is((await large.ended).code, status.RESOURCE_EXHAUSTED);
  t.deepEqual((await other.next()).names, ['a']);
});

test('who connects and leaves, as a health check does, is not told of', async (t) => {
  const server = await aServer(t, anAuthority('ca'));
  const events: string[] = [];
  server.remote$.subscribe((event) => events.push('reason' in event ? event.reason : event._tag));
  const probe = connectTcp(server.port, '127.0.0.1');
  await once(probe, 'connect');
  probe.destroy();

  t.is(await server.handshake({}), 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
  await server.happened('TurnedAway');
  t.deepEqual(events, ['ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE']);
});

test('a Secret that changes is used from then on, and streams that are open go on', async (t) => {
  const [old, next] = [anAuthority('old'), anAuthority('next')];
  const server = await aServer(t, old);
  server.publish('1');
  const before = server.client(old.sign(edge));
  const { nonce } = await before.next();
  before.send({ typeUrl: TypeUrl.Cluster, nonce });

  server.secret.replace(secretOf(next, old.certificate + next.certificate));
  await server.happened('Loaded', 2);
  const both = [old, next].map((ca) => server.client(ca.sign(edge), next.certificate));
  for (const client of both) t.deepEqual((await client.next()).names, ['a']);
  server.publish('2');
  t.deepEqual((await before.next()).names, ['a']);

  server.secret.replace(secretOf(next));
  await server.happened('Loaded', 3);
  t.is(
    (await server.client(old.sign(edge), next.certificate).ended).code,
    status.UNAVAILABLE,
    'the old CA is not trusted any more',
  );
});

test('files that cannot be used change nothing and are told of once', async (t) => {
  const authority = anAuthority('ca');
  const server = await aServer(t, authority);
  server.publish('1');
  const { certificate, privateKey, ca } = secretOf(authority);
  const told: string[] = [];
  server.remote$.subscribe((event) => told.push(event._tag));

  server.secret.replace({ certificate, privateKey: secretOf(authority).privateKey, ca });
  const { message } = await server.happened('Unusable');
  t.regex(message, /tls\.key is not the key of the certificate in .*tls\.crt$/);
  t.deepEqual((await server.client(authority.sign(edge)).next()).names, ['a']);

  server.secret.replace({ certificate: 'nothing', privateKey, ca });
  t.regex((await server.happened('Unusable', 2)).message, /expected a certificate in PEM/);
  server.secret.replace({ certificate, privateKey, ca });
  await server.happened('Loaded', 2);
  t.deepEqual(told, ['Unusable', 'Unusable', 'Loaded']);
});

test('a certificate and a key that are replaced one after the other are no fault', async (t) => {
  const authority = anAuthority('ca');
  const { files } = mountedSecret(await tempDir(t), secretOf(authority));
  const next = secretOf(authority);
  const put = (path: string, text: string): void => {
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  };
  const { watchTls } = await import('../../../../src/edge/ads/watch-tls.ts');
  const { readTlsMaterial } = await import('../../../../src/edge/ads/tls-material.ts');
  const held = await readTlsMaterial(files);
  put(files.certificate, next.certificate);
  // Before the second look: timers of one process fire in the order in which they are due.
  setTimeout(() => put(files.privateKey, next.privateKey), 30);

  const change = await firstValueFrom(watchTls(files, held, 20));
  t.is(change._tag, 'Loaded');
});

test('what is missing or wrong at the start is named', async (t) => {
  const authority = anAuthority('ca');
  const { files } = mountedSecret(await tempDir(t), { ...secretOf(authority), ca: '' });
  const { readTlsMaterial } = await import('../../../../src/edge/ads/tls-material.ts');
  await t.throwsAsync(readTlsMaterial(files), {
    message: `expected a certificate in PEM in ${files.ca}, found none`,
  });
  rmSync(files.privateKey);
  await t.throwsAsync(readTlsMaterial(files), {
    message: `cannot read ${files.privateKey}: there is no such file`,
  });
});
