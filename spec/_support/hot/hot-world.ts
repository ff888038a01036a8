import type { IncomingHttpHeaders } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';

import type { ExecutionContext } from 'ava';

import { aGateway, type Gateway } from '../envoy/a-gateway.ts';
import { listening, type Listening } from '../envoy/a-server.ts';
import { startEchoingSocket } from '../envoy/connections.ts';
import { startEcho } from '../envoy/lasting-connections.ts';
import { anAuthority } from '../world/an-authority.ts';
import { listener, mapping } from '../world/routing-manifests.ts';
import { hotHost, type Editor, type EditorGroup } from './editor.ts';
import { editors as usual } from './editors.ts';
import { watchGuard, type Guard } from './guard.ts';
import { grpcLine, tcpLine, websocketLine } from './lasting-lines.ts';
import { handshakeLine, http1Line, http2Line, type Line } from './lines.ts';
import { startCounts, type Counts } from './tally.ts';

/** A gateway under traffic of all kinds, with what is written of each file at first: by these editors, else by the usual ones. */
interface HotWorld {
  readonly gateway: Gateway;
  readonly counts: Counts;
  /** Waits until so many more requests and messages of each kind have been sent, and all sent until now have an end. */
  readonly more: (count: number) => Promise<void>;
  /** Writes what an editor makes of its objects after so many edits, and waits until Envoy has it. */
  readonly edit: (editor: Editor, edits: number) => Promise<void>;
}

/** Guards nobody. */
const noGuard: Guard = {
  credentials: {},
  intruder: { headers: {}, status: 200 },
  hasLetPass: () => true,
};

/** Requests and messages of each kind in a second: they are sent on time, whatever becomes of those before. */
const rate = 20;

/**
 * Starts the gateway and its traffic: requests over HTTP/1.1 (kept connections), HTTP/2 over TLS, new handshakes; messages
 * over a websocket, a call of gRPC and a TCP connection, which last as long as the spec.
 */
export const startHotWorld = async (
  t: ExecutionContext,
  { editors, guard = noGuard }: EditorGroup,
): Promise<HotWorld> => {
  const counts = startCounts();
  const watch = watchGuard(guard, counts);
  const services = {
    one: await startEcho(watch.reached),
    two: await startEcho(watch.reached),
    socket: await startEchoingSocket(),
    otherSocket: await startEchoingSocket(),
  };
  const calls = await startCalls(watch.reached);
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
  const edit = async ({ kind, file = kind, manifests, opens }: Editor, edits: number) => {
    const isOpen = opens?.(edits);
    if (isOpen === true) watch.open();
    await gateway.apply(`${file}.yaml`, manifests(edits, world));
    if (isOpen === false) watch.close();
  };
  const first = new Map([...usual, ...editors].map((one) => [one.file ?? one.kind, one]));
  for (const editor of first.values()) await edit(editor, 0);
  const { http, https, other } = ports;
  const asking = { host: hotHost, headers: guard.credentials };
  const intruder = watch.intruder(hotHost);
  const lines: readonly Line[] = [
    http1Line(counts, http, asking),
    http2Line(counts, https, asking),
    handshakeLine(counts, https, asking),
    await websocketLine(counts, http, asking),
    grpcLine(counts, https, asking),
    tcpLine(counts, other),
    ...(guard === noGuard
      ? []
      : [http1Line(counts, http, intruder), http2Line(counts, https, intruder)]),
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
  return { gateway, counts, more, edit };
};

/** A service of gRPC that sends back what comes, as it comes. */
const startCalls = async (reached: (headers: IncomingHttpHeaders) => void): Promise<Listening> => {
  const server = createHttp2Server();
  server.on('stream', (stream, headers) => {
    reached(headers);
    stream.on('error', () => undefined);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
    stream.pipe(stream);
  });
  return await listening(server);
};
