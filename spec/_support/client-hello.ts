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

/** Sends bytes, and tells what comes back until the other side is done or so many milliseconds are over. */
export const replyTo = async (port: number, bytes: Buffer, patience: number): Promise<Buffer> => {
  const socket = connectTcp(port, '127.0.0.1', () => socket.write(bytes));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => undefined);
  const timer = setTimeout(() => socket.destroy(new Error('no end')), patience);
  await new Promise((resolve) => socket.once('close', resolve));
  clearTimeout(timer);
  return Buffer.concat(chunks);
};
