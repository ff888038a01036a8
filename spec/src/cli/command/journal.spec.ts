import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';

import { headgate } from '../../../_support/process/headgate.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

const header =
  '{"headgate":"journal","version":1,"options":{"ambassadorId":"default","namespace":"default"}}';
const kinds = [
  'Listener',
  'Host',
  'Mapping',
  'KubernetesEndpointResolver',
  'KubernetesServiceResolver',
  'Service',
  'EndpointSlice',
  'Secret',
];
const listed = `{"seq":1,"at":0,"events":[${kinds
  .map((kind) => `{"_tag":"Listed","kind":"${kind}","items":[]}`)
  .join(',')}]}`;

/** An entry with a Listener on a port. */
const port = (seq: number, at: number, number: number): string =>
  JSON.stringify({
    seq,
    at,
    events: [
      {
        _tag: 'Applied',
        kind: 'Listener',
        item: {
          key: 'default/web',
          problems: [],
          object: {
            metadata: { name: 'web', namespace: 'default', labels: {} },
            spec: {
              port: number,
              protocol: 'HTTP',
              securityModel: 'XFP',
              hostBinding: { namespace: { from: 'ALL' } },
            },
          },
        },
      },
    ],
  });

const first =
  '#1 at 0 ms: all of Listener, all of Host, all of Mapping, all of KubernetesEndpointResolver, all of KubernetesServiceResolver and 24 more';
const second = '#2 at 1500 ms: Listener default/web';

const story = [header, listed, port(2, 1500, 8080), port(3, 4000, 8081), ''].join('\n');

/** Writes a journal and replays it. */
const replayed = test.macro({
  async exec(
    t,
    text: string,
    args: readonly string[],
    expected: {
      readonly code?: number;
      readonly stdout?: readonly string[];
      readonly stderr?: string;
    },
  ) {
    const folder = await tempDir(t);
    await writeFile(join(folder, 'a.ndjson'), text);
    const { code, stdout, stderr } = await headgate(['replay', 'a.ndjson', ...args], {
      cwd: folder,
    });

    t.deepEqual(stdout.split('\n').slice(0, -1), expected.stdout ?? []);
    t.is(stderr, expected.stderr ?? '');
    t.is(code, expected.code ?? 0);
  },
  title: (name = '') => `replay ${name}`,
});

test('prints a line for each batch', replayed, story, [], {
  stdout: [
    `${first}: 0 resources changed`,
    `${second}: 4 resources changed`,
    '#3 at 4000 ms: Listener default/web: 6 resources changed',
  ],
});
test('at a pace says the recorded times', replayed, story, ['--speed', '1000', '--until', '2'], {
  stdout: [`${first}: 0 resources changed`, `${second}: 4 resources changed`],
});
test('stops after an entry', replayed, story, ['--until', '2'], {
  stdout: [`${first}: 0 resources changed`, `${second}: 4 resources changed`],
});
test('stops after a moment', replayed, story, ['--until', '1.4s'], {
  stdout: [`${first}: 0 resources changed`],
});
test('names each resource and its cause', replayed, story, ['--output', 'diff', '--until', '2'], {
  stdout: [
    first,
    second,
    '  + Listener listener-8080 (Listener default/web)',
    '  + ScopedRoutes listener-8080/cleartext (Listener default/web)',
    '  + Extension shards listener-8080/cleartext (Listener default/web)',
    '  + Extension emissary.AuthService (Listener default/web)',
  ],
});
test('takes what is before a line that is cut off', replayed, story.slice(0, -20), [], {
  stdout: [`${first}: 0 resources changed`, `${second}: 4 resources changed`],
  stderr: 'a.ndjson: line 4 is cut off; what is before it counts\n',
});
test('refuses a journal of the future', replayed, story.replace('"version":1', '"version":2'), [], {
  code: 1,
  stderr: 'headgate: a.ndjson: line 1: a journal of version 2, this Headgate reads version 1\n',
});
test('refuses what is no journal', replayed, 'kind: Mapping\n', [], {
  code: 1,
  stderr: 'headgate: a.ndjson: line 1: expected a journal header, found no JSON\n',
});

test('replay --json prints a line of JSON for each batch', async (t) => {
  const folder = await tempDir(t);
  await writeFile(join(folder, 'a.ndjson'), story);
  const { stdout } = await headgate(['replay', join(folder, 'a.ndjson'), '--json', '--until', '2']);
  const [, line = '', ...rest] = stdout.split('\n');
  const because = ['Listener default/web'];

  t.deepEqual(rest, ['']);
  t.deepEqual(JSON.parse(line), {
    seq: 2,
    at: 1500,
    events: because,
    changes: [
      {
        typeUrl: 'type.googleapis.com/envoy.config.listener.v3.Listener',
        name: 'listener-8080',
        change: 'added',
        because,
      },
      {
        typeUrl: 'type.googleapis.com/envoy.config.route.v3.ScopedRouteConfiguration',
        name: 'listener-8080/cleartext',
        change: 'added',
        because,
      },
      {
        typeUrl: 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig',
        name: 'shards listener-8080/cleartext',
        change: 'added',
        because,
      },
      {
        typeUrl: 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig',
        name: 'emissary.AuthService',
        change: 'added',
        because,
      },
    ],
  });
});
