import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';

import type { Signed } from '../world/an-authority.ts';

/** What a client asks for in its handshake, and then in its request. */
export interface TlsClient extends ConnectionOptions {
  readonly port: number;
  /** The server name; also the host of the request, unless there is another one. */
  readonly servername: string;
  readonly host?: string;
  /** The certificate that it shows. */
  readonly shown?: Signed | undefined;
  readonly protocol?: 'http1' | 'http2';
}

/**
 * The status that a client is answered with; `nothing` where it is not let in. In TLS 1.3 it learns only behind its
 * handshake that it is not.
 */
export const statusFor = async (client: TlsClient): Promise<string> =>
  client.protocol === 'http2' ? await overHttp2(client) : await overHttp1(client);

/** A connection of a client, whose certificate of the server is not looked at. */
export const tlsConnection = ({
  shown,
  host: _,
  protocol: _protocol,
  ...options
}: TlsClient): TLSSocket => {
  const socket = connect({
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ...(shown !== undefined && { cert: shown.certificate, key: shown.privateKey }),
    ...options,
  });
  socket.setTimeout(60_000, () => socket.destroy(new Error('no answer')));
  return socket;
};

const overHttp1 = async (client: TlsClient): Promise<string> => {
  const socket = tlsConnection(client);
  socket.write(`GET / HTTP/1.1\r\nhost: ${client.host ?? client.servername}\r\n\r\n`);
  try {
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString().slice('HTTP/1.1 '.length, 'HTTP/1.1 200'.length);
  } catch {
    return 'nothing';
  } finally {
    socket.destroy();
  }
};

const overHttp2 = async (client: TlsClient): Promise<string> => {
  const session = connectHttp2(`https://127.0.0.1:${client.port}`, {
    createConnection: () => tlsConnection({ ALPNProtocols: ['h2'], ...client }),
  });
  session.on('error', () => undefined);
  try {
    const authority = client.host ?? client.servername;
    const stream = session.request({ ':authority': authority, ':path': '/' });
    stream.setTimeout(60_000, () => stream.destroy(new Error('no answer')));
    const [headers] = (await once(stream, 'response')) as [Readonly<Record<string, unknown>>];
    return String(headers[':status']);
  } catch {
    return 'nothing';
  } finally {
    session.destroy();
  }
};
