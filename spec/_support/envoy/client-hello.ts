import { once } from 'node:events';
import { connect as connectTcp, createServer, type AddressInfo } from 'node:net';
import { connect } from 'node:tls';

/** The first bytes of a TLS client that names a server in these bytes, whatever they are. */
export const clientHello = async (serverName: Buffer): Promise<Buffer> => {
  const placeholder = 'x'.repeat(serverName.length);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ port, host: '127.0.0.1', servername: placeholder });
  client.on('error', () => undefined);
  const [socket] = await once(server, 'connection');
  const [hello] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  client.destroy();
  server.close();
  serverName.copy(hello, hello.indexOf(placeholder));
  return hello;
};

/** Sends bytes over a connection of their own; tells how many have come back until now. */
export const sent = async (port: number, bytes: Buffer) => {
  const socket = connectTcp(port, '127.0.0.1');
  let received = 0;
  socket.on('data', ({ length }: Buffer) => (received += length)).on('error', () => undefined);
  await new Promise<void>((resolve) => socket.write(bytes, () => resolve()));
  return { received: () => received, end: () => void socket.destroy() };
};
