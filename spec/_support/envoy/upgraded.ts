import { request } from 'node:http';

/** What comes back over a WebSocket for what is written, or the status without one. */
export const upgraded = async (
  port: number,
  path: string,
  text: string,
  host = 'localhost',
): Promise<string | number> => {
  const asked = request({
    host: '127.0.0.1',
    port,
    path,
    agent: false,
    headers: {
      host,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
    },
  });
  asked.end();
  return await new Promise((resolve, reject) => {
    asked.once('error', reject);
    asked.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.once('upgrade', (_, socket) => {
      socket.once('data', (data: Buffer) => {
        socket.destroy();
        resolve(data.toString());
      });
      socket.write(text);
    });
  });
};
