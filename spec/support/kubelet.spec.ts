import { startKubelet } from '../_support/kubelet/kubelet.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';

const test = ownNetwork(import.meta.url);

/** Answers with what it is told by its environment and by a file of a Secret. */
const program = `
const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const { NAME, WORD } = process.env;
createServer(({ url }, response) => {
  console.log('asked for ' + url);
  response.end(NAME + ' ' + readFileSync(WORD));
}).listen(8080);
`;

const aPod = (name: string) => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' } },
  spec: {
    containers: [
      {
        ...{ name: 'web', image: 'node', args: ['-e', program] },
        env: [
          { name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'WORD', value: '/etc/words/first' },
        ],
        volumeMounts: [{ name: 'words', mountPath: '/etc/words' }],
      },
    ],
    volumes: [
      { name: 'words', secret: { secretName: 'words', items: [{ key: 'word', path: 'first' }] } },
    ],
  },
});

test('a Pod of a test cluster runs, answers on its address, has a log and can be deleted', async (t) => {
  t.timeout(300_000);
  const cluster = await startTestCluster(t);
  const kubelet = await startKubelet({
    cluster,
    programOf: (image) => (image === 'node' ? process.execPath : undefined),
    warn: (line) => t.log(line),
  });
  t.teardown(kubelet.stop);
  const kubectl = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await cluster.kubectl(args);
    t.is(code, 0, stderr);
    return stdout.trim();
  };
  const ready = ['wait', '--for=condition=Ready', '--timeout=60s', 'pod'];

  await cluster.apply([aPod('one'), aPod('two')]);
  await cluster.apply([
    {
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'words', namespace: 'default' } },
      stringData: { word: 'hello' },
    },
  ]);
  await kubectl(...ready, 'one', 'two');
  const addressOf = async (name: string): Promise<string> =>
    await kubectl('get', 'pod', name, '-o', 'jsonpath={.status.podIP}');
  for (const name of ['one', 'two']) {
    const url = `http://${await addressOf(name)}:8080/${name}`;
    await eventually('it listens', async () => {
      const answer = await fetch(url).catch(() => undefined);
      return (await answer?.text()) === `${name} hello`;
    });
    t.is(await kubectl('logs', name, '--since-time=2020-01-01T00:00:00Z'), `asked for /${name}`);
    t.is(await kubectl('logs', name, '--since-time=2120-01-01T00:00:00Z'), '');
  }

  const url = `http://${await addressOf('one')}:8080/`;
  await kubectl('delete', 'pod', 'one', '--timeout=60s');
  t.is((await cluster.kubectl(['get', 'pod', 'one'])).code, 1);
  await t.throwsAsync(fetch(url, { signal: AbortSignal.timeout(10_000) }));
});
