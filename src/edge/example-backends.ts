import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Which backend to start; port 0 lets the system choose one. */
interface BackendOptions {
  readonly name: string;
  readonly host?: string;
  readonly port: number;
}

interface Backend {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** The backends that the manifests of `examples/quickstart` point to. */
export const quickstartBackends: readonly BackendOptions[] = [
  { name: 'quote', port: 9001 },
  { name: 'echo', port: 9002 },
];

/**
 * Starts a small HTTP service that tells what it was asked, as JSON.
 *
 * `/status/503` anywhere in the path answers with that status, `/slow/250` after so many
 * milliseconds, `/echo` with the body it was sent and nothing else.
 */
export const startBackend = async ({
  name,
  host = '127.0.0.1',
  port,
}: BackendOptions): Promise<Backend> => {
  const server = createServer(keptOpen, (request, response) => {
    answer(name, request, response).catch(() => response.destroy());
  });
  await listening(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
};

/** A connection that is closed here in the moment in which Envoy uses it again is a failed request. */
const keptOpen = { keepAliveTimeout: 0 };

const answer = async (
  service: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { method = '', url = '', headers } = request;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const left = new AbortController();
  response.once('close', () => left.abort());
  await setTimeout(numberIn(url, /\/slow\/(\d{1,5})/) ?? 0, undefined, { signal: left.signal });

  const status = numberIn(url, /\/status\/([2-5]\d\d)/) ?? 200;
  response.setHeader('x-service', service);
  if (/\/echo\b/.test(url)) {
    response.writeHead(status, { 'content-type': headers['content-type'] ?? 'text/plain' });
    response.end(body);
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  const said = { service, method, path: url, headers, ...(body.length > 0 && { body: `${body}` }) };
  response.end(`${JSON.stringify(said, undefined, 2)}\n`);
};

const numberIn = (url: string, pattern: RegExp): number | undefined => {
  const digits = pattern.exec(url)?.[1];
  return digits === undefined ? undefined : Number(digits);
};

const listening = async (server: Server, host: string, port: number): Promise<void> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'the port is in use' : error.message;
      reject(
        new Error(
          `an example backend cannot listen on ${host}:${port}: ${reason}; ` +
            'it is where the manifests of examples/quickstart point to: is another quickstart running?',
        ),
      );
    });
    server.listen(port, host, resolve);
  });
};
