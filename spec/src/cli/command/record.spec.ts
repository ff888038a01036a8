import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import test, { type ExecutionContext } from 'ava';

import { headgate, startHeadgate } from '../../../_support/process/headgate.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { host, listener, mapping } from '../../../_support/world/manifests.ts';

/** Records a folder with these manifests and flags; gives the journal and what translating the folder gives. */
const recorded = async (t: ExecutionContext, manifests: string, flags: readonly string[] = []) => {
  const folder = await tempDir(t);
  const file = join(folder, 'manifests.yaml');
  const journal = join(folder, '.a.ndjson');
  await writeFile(file, manifests);
  const child = startHeadgate(['record', '--config-dir', folder, '-o', journal, ...flags]);
  t.teardown(() => child.kill('SIGKILL'));
  const [line] = await once(createInterface({ input: child.stderr }), 'line');
  t.regex(String(line), /info {2}recorded \d+ events$/);
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  t.is(code, 0);
  const direct = await headgate(['translate', '--json', file, ...flags]);
  return { file, journal, direct: JSON.parse(direct.stdout) as unknown };
};

const replayedXds = async (t: ExecutionContext, journal: string): Promise<unknown> => {
  const { code, stdout } = await headgate(['replay', journal, '--output', 'xds']);
  t.is(code, 0);
  return JSON.parse(stdout);
};

test('what is recorded is replayed: the same resources as translating the folder', async (t) => {
  const { journal, direct } = await recorded(t, listener.trimStart() + host + mapping('shop'));

  t.deepEqual(await replayedXds(t, journal), direct);
  t.false((await readFile(journal, 'utf8')).includes('PRIVATE KEY'));
});

test('a journal keeps what namespaces may do to each other', async (t) => {
  const inNamespace = (name: string): string =>
    mapping(name).replace(`name: ${name}`, `name: ${name}, namespace: ${name}`);
  const { file, journal, direct } = await recorded(
    t,
    listener.trimStart() + host + inNamespace('shop') + inNamespace('tools'),
    ['--isolation', '--trusted-namespaces', 'tools'],
  );
  const open = await headgate(['translate', '--json', file]);

  t.deepEqual(await replayedXds(t, journal), direct);
  t.notDeepEqual(JSON.parse(open.stdout), direct);
});

test('a journal keeps where requests may go', async (t) => {
  const local = mapping('local').replace(/service: [^,} ]+/, "service: '127.0.0.1:9000'");
  const { file, journal, direct } = await recorded(t, listener.trimStart() + host + local, [
    ...['--allow-addresses', 'none'],
  ]);
  const open = await headgate(['translate', '--json', file]);

  t.deepEqual(await replayedXds(t, journal), direct);
  t.notDeepEqual(JSON.parse(open.stdout), direct);
});

const keepsGateways = test.macro({
  async exec(t, flags: readonly string[], expected: Readonly<Record<string, unknown>>) {
    const { journal } = await recorded(t, listener.trimStart(), flags);
    const [header = ''] = (await readFile(journal, 'utf8')).split('\n');
    const { options } = JSON.parse(header) as { readonly options: unknown };

    t.like(options, expected);
    t.is((await headgate(['replay', journal])).code, 0);
  },
  title: (name = '') => `a journal keeps where Gateways are: ${name}`,
});

test('on addresses of their own', keepsGateways, ['--gateway-addresses', '10.0.0.1 10.1.0.0/24'], {
  gatewayAddresses: ['10.0.0.1', '10.1.0.0/24'],
});
test('on those of a Service', keepsGateways, ['--gateway-service', 'edge/headgate'], {
  gatewayAddresses: undefined,
  gatewayService: 'edge/headgate',
});

test('a journal keeps the authorities of the system', async (t) => {
  const { certificate } = anAuthority('known');
  const file = join(await tempDir(t), 'ca.crt');
  await writeFile(file, certificate);
  const { journal } = await recorded(t, listener.trimStart(), ['--system-authorities', file]);
  const [first = ''] = (await readFile(journal, 'utf8')).split('\n');
  const { options } = JSON.parse(first) as { readonly options: unknown };
  t.like(options, { systemAuthorities: certificate });
  t.is((await headgate(['replay', journal])).code, 0);
});

test('a journal keeps what is written down of requests', async (t) => {
  const { journal } = await recorded(t, listener.trimStart(), ['--access-log', '%PROTOCOL%']);
  const { stdout } = await headgate(['replay', journal, '--output', 'xds']);
  t.regex(stdout, /access_log.*%PROTOCOL%\\n/s);
});
