import { lstatSync, writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import test from 'ava';
import type { ExecutionContext } from 'ava';

import { debugPage, startDebugServer } from '../../../../src/edge/admin/debug-server.ts';
import { Sensitive } from '../../../../src/ir/sensitive.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

const key = '-----BEGIN PRIVATE KEY-----\nMIGHAgEA\n-----END PRIVATE KEY-----\n';

const aServer = async (
  t: ExecutionContext,
  pages: Parameters<typeof startDebugServer>[1],
): Promise<string> => {
  const path = join(await tempDir(t), 'debug.sock');
  const { close } = await startDebugServer(path, pages);
  t.teardown(close);
  return path;
};

test('shows a page as JSON on a socket that is for this user alone', async (t) => {
  const path = await aServer(t, { problems: () => [{ object: 'Mapping default/web' }] });

  const shown = await text(await debugPage(path, 'problems'));
  t.is(shown, '[\n  {\n    "object": "Mapping default/web"\n  }\n]\n');
  t.is(lstatSync(path).mode & 0o777, 0o600);
});

test('shows what the snapshot has of one object', async (t) => {
  const path = await aServer(t, { ir: () => 'all', snapshot: (object) => object ?? 'all' });
  const shown = async (object?: string): Promise<unknown> =>
    JSON.parse(await text(await debugPage(path, 'snapshot', object)));

  t.is(await shown(), 'all');
  t.is(await shown('Mapping default/shop'), 'Mapping default/shop');
  t.is(await shown('GatewayClass headgate'), 'GatewayClass /headgate');
  await t.throwsAsync(shown('shop'), { message: /got 400$/ });
  await t.throwsAsync(debugPage(path, 'ir', 'Mapping default/shop'), { message: /got 404$/ });
});

test('lists the pages', async (t) => {
  const path = await aServer(t, { ir: () => 'all', steps: () => [] });
  for (const url of ['/debug', '/debug/']) {
    const answer = await new Promise<IncomingMessage>((resolve) => {
      get({ socketPath: path, path: url, agent: false }, resolve);
    });
    t.deepEqual(JSON.parse(await text(answer)), ['/debug/ir', '/debug/steps']);
  }
});

test('takes no place of a socket that somebody answers on, nor of a file', async (t) => {
  const path = await aServer(t, {});
  const file = `${path}.txt`;
  writeFileSync(file, '');

  await t.throwsAsync(startDebugServer(path, {}), { message: /debug\.sock is in use/ });
  await t.throwsAsync(startDebugServer(file, {}), { message: /expected a socket or nothing/ });
});

test('says where nobody answers, and what cannot be shown', async (t) => {
  const none = join(await tempDir(t), 'debug.sock');
  await t.throwsAsync(debugPage(none, 'ir'), {
    message: `no control plane answers at ${none}: connect ENOENT ${none}`,
  });
  const path = await aServer(t, {
    ir: () => {
      throw new Error(key);
    },
  });
  await t.throwsAsync(debugPage(path, 'ir'), { message: 'expected 200 for the page ir, got 500' });
});

test('never shows a private key, wherever it is', async (t) => {
  const path = await aServer(t, {
    ir: () => ({
      sensitive: new Sensitive('sha256:1', key),
      privateKey: { inlineString: 'secret' },
      private_key: 'secret',
      text: `before ${key}`,
      base64: Buffer.from(key).toString('base64'),
      bytes: Buffer.from('secret'),
      nested: [new Map([['privateKey', 'secret']])],
    }),
  });
  t.deepEqual(JSON.parse(await text(await debugPage(path, 'ir'))), {
    sensitive: { handle: 'sha256:1' },
    privateKey: '[redacted]',
    private_key: '[redacted]',
    text: '[redacted]',
    base64: '[redacted]',
    bytes: '[6 bytes]',
    nested: [{ privateKey: '[redacted]' }],
  });
});
