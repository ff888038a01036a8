import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';

import test, { type TestFn } from 'ava';

/** What is special about a network of one's own. */
export interface OwnNetwork {
  readonly minutes?: number;
  /** Addresses, or ranges of them, that this machine has besides those of loopback. */
  readonly addresses?: readonly string[];
}

/**
 * The `test` of a spec file whose tests run in a network of their own, where every address of
 * `10.77.0.0/16` and each of `addresses` is this machine and nothing else can be reached.
 *
 * A real API server takes no loopback addresses as endpoints, and no other addresses are ours on
 * every machine. The file runs a second time, in a network namespace. Outside of it the file has
 * one test, which passes if all tests inside pass. Needs Linux, `unshare` of util-linux and `ip` of
 * iproute2.
 */
export const ownNetwork = (
  file: string,
  { minutes = 30, addresses = [] }: OwnNetwork = {},
): TestFn => {
  if (process.env[inside] === file) return test;
  const path = relative(root, fileURLToPath(file));
  test(`passes in a network of its own: ${path}`, async (t) => {
    t.timeout(minutes * 60_000);
    const { code, output } = await runIn(file, path, ['10.77.0.0/16', ...addresses]);
    t.log(output.trim());
    t.is(code, 0, 'what failed there is above');
  });
  return nothing;
};

const root = resolve(import.meta.dirname, '../../..');

/** Says which file runs inside its network. */
const inside = 'HEADGATE_OWN_NETWORK';

const runIn = async (file: string, path: string, addresses: readonly string[]) => {
  const user = userInfo().uid === 0 ? [] : ['--map-root-user'];
  const ava = join(root, 'node_modules', 'ava', 'entrypoints', 'cli.js');
  const child = spawn(
    'unshare',
    ['--net', ...user, 'sh', '-c', script(addresses), process.execPath, ava, path],
    {
      cwd: root,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, [inside]: file },
    },
  );
  child.once('error', () => undefined);
  const ended = once(child, 'close') as Promise<[number | null]>;
  const parts = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await ended.catch((error: unknown) => {
    throw new Error('cannot run unshare of util-linux, which makes a network', { cause: error });
  });
  return { code, output: (await parts).join('') };
};

/** Brings the network up and runs the program, which ends when its input ends. */
const script = (addresses: readonly string[]): string => `
command -v ip >/dev/null || { echo 'ip of iproute2 is not installed' >&2; exit 1; }
ip link set lo up || exit 1
${addresses.map((one) => `ip route add local ${one} dev lo || exit 1`).join('\n')}
exec 3<&0
"$0" "$@" </dev/null & program=$!
( read -r _ <&3; kill $program ) & watcher=$!
wait $program; code=$?
kill $watcher
exit $code
`;

/** A `test` that registers nothing, whatever is asked of it. */
const nothing: TestFn = new Proxy(test, {
  apply: () => undefined,
  get: (_, key): unknown => (key === 'macro' ? test.macro : nothing),
});
