import { once } from 'node:events';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';

import { ownNetwork } from '../_support/process/own-network.ts';

const test = ownNetwork(import.meta.url);

test('every address of 10.77.0.0/16 is this machine', async (t) => {
  for (const address of ['10.77.0.1', '10.77.3.4', '10.77.255.254']) {
    const server = createServer((_, response) => response.end(address)).listen(8080, address);
    await once(server, 'listening');
    const answer = await fetch(`http://${address}:8080/`);
    t.is(await answer.text(), address);
    server.close();
    server.closeAllConnections();
  }
});

test('nothing else can be reached', async (t) => {
  t.deepEqual(Object.keys(networkInterfaces()), ['lo']);
  await t.throwsAsync(fetch('http://192.0.2.1/'));
});
