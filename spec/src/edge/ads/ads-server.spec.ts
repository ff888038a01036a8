import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { status } from '@grpc/grpc-js';
import test, { type ExecutionContext } from 'ava';
import { filter, firstValueFrom, ReplaySubject, take, toArray } from 'rxjs';

import { adsServer } from '../../../../src/edge/ads/ads-server.ts';
import { showAddress, type SocketAddress } from '../../../../src/edge/socket-address.ts';
import type { Snapshot } from '../../../../src/xds/snapshot.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';
import { adsClient } from '../../../_support/xds/ads-client.ts';
import { versions } from '../../../_support/xds/versions.ts';
import {
  aCluster,
  aListener,
  aSnapshot,
  endpointsOf,
  routesOf,
} from '../../../_support/xds/xds-world.ts';

const loopback: SocketAddress = { _tag: 'Tcp', host: '127.0.0.1', port: 0 };

/** A started server with a way to publish, and clients of it. */
const aServer = async (t: ExecutionContext, at: SocketAddress = loopback) => {
  const published$ = new ReplaySubject<{ snapshot: Snapshot }>(1);
  const server = adsServer({ address: at, published$ });
  const { local: address } = await server.start();
  t.teardown(server.kill);
  return {
    ...server,
    address,
    publish: (snapshot: Snapshot) => published$.next({ snapshot }),
    client: (method?: string) => {
      const client = adsClient(showAddress(address), method);
      t.teardown(client.close);
      return client;
    },
  };
};

test('a client that asks for clusters is sent them, over TCP and over a unix socket', async (t) => {
  const path = join(await tempDir(t), 'ads.sock');
  for (const address of [loopback, { _tag: 'Unix', path } as const]) {
    const server = await aServer(t, address);
    const client = server.client();
    client.send({ typeUrl: TypeUrl.Cluster });
    server.publish(aSnapshot(1, { clusters: [aCluster('a')] }));
    t.deepEqual(await client.next(), {
      typeUrl: TypeUrl.Cluster,
      nonce: '1',
      names: ['a'],
      removed: [],
    });
  }
  t.is((await stat(path)).mode & 0o777, 0o600);
});

test('thousands of names in one request are all answered', async (t) => {
  const server = await aServer(t);
  const names = Array.from({ length: 20_000 }, (_, i) => `${'long'.repeat(60)}-${i}`);
  server.publish(aSnapshot(1, { endpoints: names.slice(1).map((name) => endpointsOf(name)) }));
  const client = server.client();
  client.send({ typeUrl: TypeUrl.Endpoints, subscribe: names });
  const answered = new Set<string>();
  while (answered.size < names.length) {
    const { nonce, names: sent, removed } = await client.next();
    for (const name of [...sent, ...removed]) answered.add(name);
    client.send({ typeUrl: TypeUrl.Endpoints, nonce });
  }
  t.is(answered.size, names.length);
  t.true(names.every((name) => answered.has(name)));
});

test('the state of the world is not implemented', async (t) => {
  const server = await aServer(t);
  const { code } = await server.client('StreamAggregatedResources').ended;
  t.is(code, status.UNIMPLEMENTED);
});

test('a client that reconnects with what it holds is sent nothing', async (t) => {
  const server = await aServer(t);
  server.publish(
    aSnapshot(7, {
      clusters: [aCluster('a')],
      listeners: [aListener('l')],
      routes: [routesOf('r')],
    }),
  );
  const verdict = firstValueFrom(server.envoys$);
  const pushed: string[] = [];
  server.telemetry$.subscribe(({ _tag }) => pushed.push(_tag));
  const client = server.client();
  client.send({ typeUrl: TypeUrl.Cluster, initialVersions: versions({ a: '1' }) });
  client.send({ typeUrl: TypeUrl.Listener, initialVersions: versions({ l: '1' }) });
  client.send({
    typeUrl: TypeUrl.Routes,
    subscribe: ['r'],
    initialVersions: versions({ r: '1' }),
  });
  t.deepEqual(await verdict, { _tag: 'Verdict', node: 'client', stream: 1, seq: 7, refused: [] });
  t.deepEqual(pushed, ['Opened', 'Answered']);
});

test('what an Envoy refused is not sent to it again on its next stream', async (t) => {
  const server = await aServer(t);
  const listeners = [aListener('l')];
  server.publish(aSnapshot(1, { clusters: [aCluster('bad')], listeners }));
  const first = server.client();
  first.send({ typeUrl: TypeUrl.Cluster });
  const { nonce } = await first.next();
  first.send({ typeUrl: TypeUrl.Cluster, nonce, error: 'no' });
  first.send({ typeUrl: TypeUrl.Listener });
  t.deepEqual((await first.next()).names, ['l']);
  first.close();

  const verdict = firstValueFrom(server.envoys$.pipe(filter(({ _tag }) => _tag === 'Verdict')));
  const second = server.client();
  second.send({ typeUrl: TypeUrl.Cluster });
  const empty = await second.next();
  t.deepEqual(empty.names, []);
  second.send({ typeUrl: TypeUrl.Cluster, nonce: empty.nonce });
  second.send({ typeUrl: TypeUrl.Listener, initialVersions: versions({ l: '1' }) });
  const refusal = { typeUrl: TypeUrl.Cluster, name: 'bad', version: '1', message: 'no' };
  const said = { _tag: 'Verdict', node: 'client', stream: 2, seq: 1, refused: [refusal] };
  t.deepEqual(await verdict, said);
  server.publish(aSnapshot(2, { clusters: [aCluster('bad', '2')], listeners }));
  t.deepEqual((await second.next()).names, ['bad']);
});

test('telemetry tells of a response and of the answer to it', async (t) => {
  const server = await aServer(t);
  server.publish(aSnapshot(3, { clusters: [aCluster('a')] }));
  const events = firstValueFrom(server.telemetry$.pipe(take(3), toArray()));
  const client = server.client();
  client.send({ typeUrl: TypeUrl.Cluster });
  const { nonce } = await client.next();
  client.send({ typeUrl: TypeUrl.Cluster, nonce });
  const [opened, pushed, acknowledged] = await events;
  t.is(opened?._tag, 'Opened');
  t.like(pushed, { _tag: 'Pushed', typeUrl: TypeUrl.Cluster, seq: 3, resources: 1, removed: 0 });
  t.like(acknowledged, { _tag: 'Acknowledged', nonce, node: 'client' });
  t.like(server.streams()[0], {
    node: 'client',
    types: { [TypeUrl.Cluster]: { wildcard: true, names: 0, held: { a: '1' }, pending: [] } },
  });
});

test('an Envoy that answers nothing has one response of a type waiting, whatever happens', async (t) => {
  const server = await aServer(t);
  const client = server.client();
  client.send({ typeUrl: TypeUrl.Cluster });
  server.publish(aSnapshot(0, { clusters: [aCluster('a', 'first')] }));
  await client.next();
  let pushes = 0;
  server.telemetry$.subscribe(({ _tag }) => (pushes += _tag === 'Pushed' ? 1 : 0));
  for (let i = 1; i <= 1_000; i += 1)
    server.publish(aSnapshot(i, { clusters: [aCluster('a', `version ${i}`)] }));
  t.is(pushes, 0);
  client.send({ typeUrl: TypeUrl.Cluster, nonce: '1' });
  await client.next();
  t.like(server.streams()[0], { types: { [TypeUrl.Cluster]: { pending: ['a'] } } });
});

test('a socket that is served is not taken over, one that is left behind is', async (t) => {
  const path = join(await tempDir(t), 'ads.sock');
  const address = { _tag: 'Unix', path } as const;
  const server = await aServer(t, address);
  await t.throwsAsync(aServer(t, address), {
    message: `${path} is in use: another process listens on it; choose another address with --ads-address`,
  });
  await server.stop();
  await t.notThrowsAsync(aServer(t, address));
});

test('a port in use is an error that names it', async (t) => {
  const { address } = await aServer(t);
  await t.throwsAsync(aServer(t, address), {
    message: new RegExp(`^cannot listen for Envoys on ${showAddress(address)}: .*EADDRINUSE`),
  });
});

test('a server that is stopped says goodbye to its streams', async (t) => {
  const server = await aServer(t);
  const client = server.client();
  client.send({ typeUrl: TypeUrl.Cluster });
  server.publish(aSnapshot(1, { clusters: [aCluster('a')] }));
  await client.next();
  await server.stop();
  t.is((await client.ended).code, status.OK);
});

test('a stream on which something throws ends alone, and says why', async (t) => {
  const server = await aServer(t);
  const client = server.client();
  client.send({ typeUrl: TypeUrl.Cluster });
  server.publish(aSnapshot(1, {}));
  await client.next();
  const closed = firstValueFrom(server.telemetry$.pipe(filter(({ _tag }) => _tag === 'Closed')));
  server.publish({
    ...aSnapshot(2, {}),
    get certificates(): never {
      throw new Error('a bug');
    },
  });
  t.like(await closed, { node: 'client', reason: 'a bug', failed: true });
  t.is((await client.ended).code, status.UNKNOWN);
  server.publish(aSnapshot(3, { clusters: [aCluster('a')] }));
  const other = server.client();
  other.send({ typeUrl: TypeUrl.Cluster });
  t.deepEqual((await other.next()).names, ['a']);
  other.close();
});

test('bytes that are no request end their own stream only', async (t) => {
  const server = await aServer(t);
  server.publish(aSnapshot(1, { clusters: [aCluster('a')] }));
  const bad = server.client();
  bad.sendBytes(Buffer.from([0xff, 0xff]));
  t.is((await bad.ended).code, status.INVALID_ARGUMENT);
  const good = server.client();
  good.send({ typeUrl: TypeUrl.Cluster });
  t.deepEqual((await good.next()).names, ['a']);
});
