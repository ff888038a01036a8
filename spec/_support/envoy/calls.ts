import { once } from 'node:events';
import { connect, createServer, type IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** A gRPC server in cleartext that answers every call with nothing, in the name of a service. */
export interface CallServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Starts one. It says who it is in the header `x-service`. */
export const startCallServer = async (service: string): Promise<CallServer> => {
  const server = createServer();
  server.on('stream', (stream) => {
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc', 'x-service': service },
      { waitForTrailers: true },
    );
    stream.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
};

/** Calls a method through a gateway: who answers, or the gRPC status if nobody does. */
export const call = async (
  port: number,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<string> => {
  const session = connect(`http://127.0.0.1:${port}`);
  try {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      ...headers,
    });
    stream.resume();
    stream.end();
    const [answer]: readonly IncomingHttpHeaders[] = await once(stream, 'response');
    // Else its end would be a reset, which is an error at the server.
    if (!stream.closed) await once(stream, 'close');
    return String(answer?.['x-service'] ?? `status ${String(answer?.['grpc-status'])}`);
  } finally {
    session.destroy();
  }
};
