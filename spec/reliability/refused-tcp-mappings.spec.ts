import { join } from 'node:path';

import test from 'ava';

import type { ProblemRecord } from '../../src/problem/problem-record.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { say, sayOverTls, startRepeater } from '../_support/envoy/connections.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { tlsContext } from '../_support/tls/tls-manifests.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { tcpMapping, tlsSecret } from '../_support/world/routing-manifests.ts';

/** The words for which Envoy refuses what is made of a TCPMapping: its cluster. */
const program = join(import.meta.dirname, '../_support/process/poisoned-run.ts');

const [a, b] = [await startRepeater('a'), await startRepeater('b')];
const gateway = await aGateway(() => '', [], program);
const { http, https, other } = gateway.ports;

const steadyName = 'steady.example';
await gateway.apply(
  'steady.yaml',
  tlsSecret('steady', await aCertificate(steadyName)) +
    tlsContext('steady', `hosts: [${steadyName}], secret: steady`) +
    tcpMapping('steady-port', a.port, `port: ${http}`) +
    tcpMapping('steady-name', a.port, `port: ${https}, host: ${steadyName}`),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

const answer = async (port: number): Promise<string> => await say(port, 'hello').catch(() => '');

const steady = async (): Promise<readonly string[]> => [
  await answer(http),
  await sayOverTls(https, 'hello', { servername: steadyName }).catch(() => ''),
];

const open = ['a: hello', 'a: hello'];

/** The objects that Envoy refuses, once it has refused any. */
const refused = async (): Promise<readonly (string | undefined)[]> => {
  const found = async () =>
    (await gateway.debug<readonly ProblemRecord[]>('problems')).flatMap(({ problem, object }) =>
      problem === 'RefusedByEnvoy' ? [object] : [],
    );
  await eventually('something is refused', async () => (await found()).length > 0);
  return await found();
};

test.serial('a TCPMapping whose cluster Envoy refuses costs no other one', async (t) => {
  const bad = tcpMapping('bad', b.port, `port: ${other}, stats_name: poison-cluster`);
  await gateway.apply('bad.yaml', bad);
  t.deepEqual(await refused(), ['TCPMapping default/bad']);
  t.is(await answer(other), '');
  t.deepEqual(await steady(), open);
  await gateway.apply('bad.yaml', tcpMapping('bad', b.port, `port: ${other}`));
  t.is(await answer(other), 'b: hello');
  t.deepEqual(await gateway.problems('TCPMapping default/bad'), []);
});

test.serial('an edit that Envoy refuses leaves it as it was', async (t) => {
  const edited = `port: ${other}, stats_name: poison-cluster`;
  await gateway.apply('bad.yaml', tcpMapping('bad', a.port, edited));
  t.deepEqual(await refused(), ['TCPMapping default/bad']);
  t.is(await answer(other), 'b: hello');
  t.deepEqual(await steady(), open);
  await gateway.remove('bad.yaml');
});
