import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

import test from 'ava';

import type { Port } from '../../../src/ir/port.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { say, startRepeater } from '../../_support/envoy/connections.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import { aChain, aClusterAt, aListener, anIr } from '../../_support/world/an-ir.ts';

/** A backend that repeats each datagram behind its own name. */
const startUdpRepeater = async (name: string): Promise<Socket> => {
  const socket = createSocket('udp4');
  socket.on('message', (said, { port, address }) =>
    socket.send(`${name}: ${said.toString()}`, port, address),
  );
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
};

const [a, b] = [await startUdpRepeater('a'), await startUdpRepeater('b')];
const repeater = await startRepeater('connections');
const port = (await freePort()) as Port;
const envoy = await anIrInEnvoy();
const client = createSocket('udp4');
test.after.always(async () => {
  for (const socket of [a, b, client]) socket.close();
  await Promise.all([envoy.stop(), repeater.close()]);
});

/** Sends datagrams to a cluster, and connections to the same port to another. */
const serve = async (name: string) =>
  await envoy.serve(
    anIr({
      listeners: [aListener({ port }), aListener({ name: 'web-udp', port, transport: 'udp' })],
      filterChains: [
        aChain({
          carries: {
            _tag: 'Tcp',
            statPrefix: 'connections',
            backends: [{ cluster: 'connections', weight: 1 }],
          },
        }),
        aChain({
          listener: 'web-udp',
          carries: { _tag: 'Udp', statPrefix: 'datagrams', cluster: name },
        }),
      ],
      clusters: [
        aClusterAt('connections', repeater.port),
        aClusterAt('a', a.address().port),
        aClusterAt('b', b.address().port),
      ],
    }),
  );

const answerTo = async (said: string): Promise<string> => {
  client.send(said, port, '127.0.0.1');
  const [answer] = (await once(client, 'message')) as [Buffer];
  return answer.toString();
};

test.serial('datagrams come back, on a port that connections have too', async (t) => {
  const { refused } = await serve('a');
  t.deepEqual(refused, []);
  t.is(await say(port, 'hello'), 'connections: hello');
  for (const said of ['one', 'two']) t.is(await answerTo(said), `a: ${said}`);
});

test.serial('datagrams of a client go to another cluster once they are to', async (t) => {
  t.is(await answerTo('one'), 'a: one');
  const { refused } = await serve('b');
  t.deepEqual(refused, []);
  const answers: string[] = [];
  client.on('message', (answer) => answers.push(answer.toString()));
  await eventually('b answers', () => {
    client.send('two', port, '127.0.0.1'); // one that is under way during the change may be lost
    return answers.includes('b: two');
  });
  t.is(await say(port, 'hello'), 'connections: hello');
});
