import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import test, { type ExecutionContext } from 'ava';

import { headgate, startHeadgate } from '../../../_support/process/headgate.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';
import { host, listener, mapping } from '../../../_support/world/manifests.ts';

/** `headgate run` without an Envoy: what it has logged, and waiting for a line. */
const started = async (t: ExecutionContext, more: readonly string[] = []) => {
  const [manifests, state] = await Promise.all([tempDir(t), tempDir(t)]);
  await writeFile(join(manifests, 'all.yaml'), listener.trimStart() + host + mapping('shop'));
  const child = startHeadgate([
    ...['run', '--config-dir', manifests, '--state-dir', state, '--no-envoy'],
    ...['--admin-address', '127.0.0.1:0', ...more],
  ]);
  t.teardown(() => child.kill('SIGKILL'));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stderr });
  reader.on('line', (line) => lines.push(line));
  const said = async (expression: RegExp): Promise<string> => {
    for (;;) {
      const found = lines.find((line) => expression.test(line));
      if (found !== undefined) return found;
      if (child.exitCode !== null)
        throw new Error(`expected ${expression}, found ${lines.join('\n')}`);
      await Promise.race([once(reader, 'line'), once(child, 'close')]);
    }
  };
  return { child, manifests, state, lines, said };
};

test('run tells what it loaded, what changed and every problem with its place', async (t) => {
  const { child, manifests, said } = await started(t);
  const [file, other] = [join(manifests, 'all.yaml'), join(manifests, 'cart.yaml')];

  t.regex(await said(/loaded/), /info {2}loaded 1 Listener, 1 Host, 1 Mapping, 1 Secret$/);
  t.regex(await said(/snapshot 1/), /snapshot 1 {2}added=\d+ updated=0 removed=0$/);

  await writeFile(other, mapping('cart', ', timeout: 3').trimStart());
  await said(/snapshot 2: Mapping default\/cart {2}added=1 updated=1 removed=0$/);
  t.true(
    (await said(/warn/)).endsWith(
      `warn  ${other}:5:60 Mapping default/cart: spec.timeout: no such field; it has no effect; did you mean timeout_ms?  severity=unused problem=UnknownField`,
    ),
  );

  await writeFile(other, mapping('cart').trimStart());
  await said(/solved: Mapping default\/cart: spec\.timeout/);

  const foreign = mapping('shop').trimStart().replace('name: shop', 'name: shop, namespace: blog');
  await writeFile(join(manifests, 'blog.yaml'), foreign);
  t.regex(await said(/Mapping blog\/shop: it matches/), / info {2}\S+blog.yaml:\d/);

  await writeFile(file, 'kind: [');
  t.true((await said(/Flow sequence/)).includes(` warn  ${file}:1:8: `));

  child.kill('SIGTERM');
  t.deepEqual(await once(child, 'exit'), [0, null]);
});

test('a log that is no terminal has no colour, and JSON when asked for', async (t) => {
  const { child, lines, said } = await started(t, ['--log-format', 'json']);
  await said(/snapshot/);
  child.kill('SIGTERM');
  await once(child, 'exit');

  const messages = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  t.is(messages.find(({ msg }) => msg === 'snapshot 1')?.['level'], 'info');
  // oxlint-disable-next-line no-control-regex
  t.notRegex(lines.join('\n'), /\u001b/);
});

test('a folder that does not exist is named', async (t) => {
  const state = await tempDir(t);
  const wanted = join(state, 'gone');
  const { code, stderr } = await headgate([
    ...['run', '--config-dir', wanted, '--state-dir', state, '--no-envoy'],
  ]);

  t.is(code, 1);
  t.is(stderr, `headgate: expected a folder of manifests at ${wanted}, found nothing\n`);
});

test('a port that is taken is named, with the option that chooses another', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  t.teardown(() => taken.close());
  const address = `127.0.0.1:${(taken.address() as AddressInfo).port}`;
  const [manifests, state] = await Promise.all([tempDir(t), tempDir(t)]);
  const wrong = async (...options: readonly string[]) =>
    await headgate([
      ...['run', '--config-dir', manifests, '--state-dir', state, '--no-envoy'],
      ...options,
    ]);
  const admin = await wrong('--admin-address', address);

  t.is(admin.code, 1);
  t.is(
    admin.stderr,
    `headgate: the admin server cannot listen on ${address}: the port is in use; choose another address with --admin-address\n`,
  );
});

test('a state folder is used by one at a time', async (t) => {
  const { state, manifests, said, child } = await started(t);
  await said(/snapshot/);
  const second = await headgate([
    ...['run', '--config-dir', manifests, '--state-dir', state, '--no-envoy'],
    ...['--admin-address', '127.0.0.1:0'],
  ]);

  t.is(second.code, 1);
  t.is(
    second.stderr,
    `headgate: the state folder ${state} is in use by process ${child.pid}; stop that one, or choose another with --state-dir\n`,
  );
});
