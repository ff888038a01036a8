import { createServer as createHttp2Server } from 'node:http2';

import type { ExecutionContext } from 'ava';

import { aGateway, type Gateway } from '../envoy/a-gateway.ts';
import { listening, type Listening } from '../envoy/a-server.ts';
import { startEchoingSocket } from '../envoy/connections.ts';
import { startEcho } from '../envoy/lasting-connections.ts';
import { anAuthority } from '../world/an-authority.ts';
import { listener, mapping } from '../world/routing-manifests.ts';
import { hotHost, type EditedWorld, type Editor } from './editor.ts';
import {
  grpcLine,
  handshakeLine,
  http1Line,
  http2Line,
  tcpLine,
  websocketLine,
  type Line,
} from './lines.ts';
import { startCounts, type Counts } from './tally.ts';

/** A gateway under traffic of all kinds, with what each editor wrote at first. */
interface HotWorld extends EditedWorld {
  readonly gateway: Gateway;
  readonly counts: Counts;
  /** Waits until so many more requests and messages of each kind have been sent, and all sent until now have an end. */
  readonly more: (count: number) => Promise<void>;
}

/** Requests and messages of each kind in a second: they are sent on time, whatever becomes of those before. */
const rate = 20;

/**
 * Starts the gateway and its traffic: requests over HTTP/1.1 (kept connections), HTTP/2 over TLS, new handshakes; messages
 * over a websocket, a call of gRPC and a TCP connection, which last as long as the spec.
 */
export const startHotWorld = async (
  t: ExecutionContext,
  editors: readonly Editor[],
): Promise<HotWorld> => {
  const services = {
    one: await startEcho(),
    two: await startEcho(),
    socket: await startEchoingSocket(),
    otherSocket: await startEchoingSocket(),
  };
  const calls = await startCalls();
  const authority = anAuthority('hot');
  const gateway = await aGateway(
    ({ http, https }) =>
      listener('http', http) +
      listener('https', https, { protocol: 'HTTPS' }) +
      mapping('ws', services.one.port, 'prefix: /ws/, allow_upgrade: [websocket]') +
      mapping('grpc', calls.port, 'prefix: /grpc/, grpc: true, timeout_ms: 0, idle_timeout_ms: 0'),
    ['--drain-time', '600'],
  );
  t.teardown(async () => {
    await gateway.stop();
    await Promise.all([...Object.values(services), calls].map(async (one) => await one.close()));
  });
  const { ports } = gateway;
  const world = { authority, services, ports };
  for (const { kind, manifests } of editors)
    await gateway.apply(`${kind}.yaml`, manifests(0, world));
  const counts = startCounts();
  const { http, https, other } = ports;
  const lines: readonly Line[] = [
    http1Line(counts, http, hotHost),
    http2Line(counts, https, hotHost),
    handshakeLine(counts, https, hotHost),
    await websocketLine(counts, http, hotHost),
    grpcLine(counts, https, hotHost),
    tcpLine(counts, other),
  ];
  const waiting = new Set<() => void>();
  const sending = setInterval(() => {
    for (const { send } of lines) send();
    for (const check of waiting) check();
  }, 1000 / rate);
  t.teardown(() => {
    clearInterval(sending);
    for (const { close } of lines) close();
  });
  const more = async (count: number): Promise<void> => {
    const wanted = lines.map(({ progress }) => progress().sent + count);
    await new Promise<void>((resolve) => {
      const check = (): void => {
        const isThere = lines.every(({ progress }, i) => progress().ended >= (wanted[i] ?? 0));
        const areAll = isThere || counts.now().dropped.length > 0;
        if (!areAll) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
    });
  };
  return { ...world, gateway, counts, more };
};

/** A service of gRPC that sends back what comes, as it comes. */
const startCalls = async (): Promise<Listening> => {
  const server = createHttp2Server();
  server.on('stream', (stream) => {
    stream.on('error', () => undefined);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
    stream.pipe(stream);
  });
  return await listening(server);
};
