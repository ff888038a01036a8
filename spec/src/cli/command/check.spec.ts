import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import test from 'ava';

import { makeCertificate } from '../../../../src/edge/certificate/make-certificate.ts';
import { headgate } from '../../../_support/process/headgate.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';
import { host, listener, mapping } from '../../../_support/world/manifests.ts';

const good = listener.trimStart() + host;

/** Manifests with one fault each: the file, its text, and what is said about it. */
const faults: readonly (readonly [title: string, file: string, text: string, line: string])[] = [
  [
    'malformed YAML',
    'malformed.yaml',
    'kind: Mapping\nspec: [\nmetadata: {}\n',
    '3:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  [
    'a bad value',
    'value.yaml',
    aMapping('value', 'prefix: /a/', 'timeout_ms: soon'),
    '9:3 Mapping default/value: spec.timeout_ms: expected an integer from 0 to 2147483647, got "soon"',
  ],
  [
    'a field that is missing',
    'missing.yaml',
    aMapping('missing', 'weight: 10'),
    '5:1 Mapping default/missing: spec.prefix: expected a path of at most 4096 characters without NUL and line breaks, got nothing',
  ],
  [
    'an unknown field',
    'unknown.yaml',
    aMapping('unknown', 'prefix: /b/', 'timeout: 3'),
    '9:3 Mapping default/unknown: spec.timeout: no such field; it has no effect; did you mean timeout_ms?',
  ],
  [
    'a field that has no effect in Emissary either',
    'later.yaml',
    aMapping('later', 'prefix: /c/', 'outlier_detection: x'),
    '9:3 Mapping default/later: spec.outlier_detection: no effect: Emissary refuses it; circuit_breakers and health_checks work',
  ],
  [
    'an expression that RE2 cannot read',
    'regex.yaml',
    aMapping('regex', 'prefix: /d/(', 'prefix_regex: true'),
    '8:3 Mapping default/regex: spec.prefix: expected an RE2 regular expression of at most 200 steps, got "/d/(" (error parsing regexp: missing closing ): `/d/(`)',
  ],
  [
    'a Service that does not exist',
    'dangling.yaml',
    aMapping('dangling', 'prefix: /e/', 'resolver: endpoint'),
    '7:3 Mapping default/dangling: spec.service: Service default/shop does not exist',
  ],
  [
    'an object that is there twice',
    'twice.yaml',
    mapping('twice').trimStart() + mapping('twice'),
    '8:1 Mapping default/twice: is defined already in twice.yaml:2, which counts',
  ],
  [
    'two Hosts with one name',
    'host.yaml',
    "apiVersion: getambassador.io/v3alpha1\nkind: Host\nmetadata: { name: too }\nspec: { hostname: '*' }\n",
    '4:9 Host default/too: spec.hostname: * on Listener default/http is claimed by another Host, which comes first by name; Host default/all wins',
  ],
  [
    'a certificate that does not exist',
    'certificate.yaml',
    'apiVersion: getambassador.io/v3alpha1\nkind: Host\nmetadata: { name: tls }\nspec: { hostname: tls.example.com, tlsSecret: { name: gone } }\n',
    '4:36 Host default/tls: spec.tlsSecret: Secret default/gone does not exist',
  ],
  [
    'an old version',
    'old.yaml',
    'apiVersion: getambassador.io/v0\nkind: Mapping\nmetadata: { name: old }\n',
    '1:1 Mapping default/old: apiVersion: expected getambassador.io/v3alpha1, got getambassador.io/v0',
  ],
  [
    'a kind of Ambassador Edge Stack',
    'kind.yaml',
    'apiVersion: getambassador.io/v3alpha1\nkind: DevPortal\nmetadata: { name: docs }\n',
    '1:1 DevPortal default/docs: no effect: it is for Ambassador Edge Stack',
  ],
  [
    'a slip in a kind',
    'slip.yaml',
    'apiVersion: getambassador.io/v3alpha1\nkind: Maping\nmetadata: { name: slip }\n',
    '2:1 Maping default/slip: kind: expected a kind of getambassador.io, got "Maping"; did you mean Mapping?',
  ],
  [
    'no Kubernetes object at all',
    'text.yaml',
    'hello\n',
    '1:1 Object default/?: expected a Kubernetes object, got a string',
  ],
];

/** A Mapping of nine lines or more; its last fields are these. */
function aMapping(name: string, ...spec: readonly string[]): string {
  return [
    'apiVersion: getambassador.io/v3alpha1',
    'kind: Mapping',
    'metadata:',
    `  name: ${name}`,
    'spec:',
    "  hostname: '*'",
    '  service: shop',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

/** All faulty files are checked by one process, together: none must hide another. */
const checked = (async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headgate-'));
  await writeFile(join(folder, 'good.yaml'), good);
  for (const [, file, text] of faults) await writeFile(join(folder, file), text);
  const files = ['good.yaml', ...faults.map(([, file]) => file)];
  const outcome = await headgate(['check', ...files], { cwd: folder });
  await rm(folder, { recursive: true });
  return outcome;
})();

for (const [title, file, , line] of faults)
  test(`check names the place, the object, the field and what was expected: ${title}`, async (t) => {
    const { stdout } = await checked;

    t.deepEqual(
      stdout.split('\n').filter((found) => found.startsWith(`${file}:`)),
      [`${file}:${line}`],
    );
  });

test('check exits with 1 and says nothing of what is good', async (t) => {
  const { code, stdout, stderr } = await checked;

  t.is(code, 1);
  t.is(stderr, 'checked 13 objects in 15 files: 11 breaks, 1 unused, 2 note\n');
  t.is(stdout.split('\n').length - 1, faults.length);
});

test('check finds a key that does not match its certificate', async (t) => {
  const validity = { notBefore: new Date('2020-01-01'), notAfter: new Date('2040-01-01') };
  const [one, other] = await Promise.all([
    makeCertificate({ names: ['one.example.com'], ...validity }),
    makeCertificate({ names: ['other.example.com'], ...validity }),
  ]);
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'tls' },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': one.certificate, 'tls.key': other.privateKey },
  };
  const { code, stdout } = await headgate(['check', '-'], { stdin: JSON.stringify(secret) });

  t.is(code, 1);
  t.regex(stdout, /^<stdin>:1:\d+ Secret default\/tls: \S+: .*(?:match|belong).*\n$/);
});

test('check reads folders and files together, and says what it leaves aside', async (t) => {
  const folder = await tempDir(t);
  await mkdir(join(folder, 'all', 'deeper'), { recursive: true });
  await writeFile(join(folder, 'all', 'listener.yaml'), listener);
  await writeFile(join(folder, 'all', 'deeper', 'host.yaml'), host);
  await writeFile(join(folder, 'shop.yaml'), mapping('shop'));
  await writeFile(
    join(folder, 'shop.json'),
    '{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"shop"}}',
  );
  const alone = await headgate(['check', 'shop.yaml'], { cwd: folder });
  const together = await headgate(['check', 'all', 'shop.yaml', 'shop.json'], { cwd: folder });

  t.is(
    alone.stdout,
    'shop.yaml:3:1 Mapping default/shop: no Host takes this Mapping; expected one by hostname or mappingSelector that takes Mappings of namespace default\n',
  );
  t.is(together.code, 0);
  t.regex(together.stderr, /^checked 3 objects in 4 files: no problems\nnot read: 1 Deployment of/);
});

test('check --json gives each problem its place and its name', async (t) => {
  const stdin = `${good}---\n${aMapping('shop', 'prefix: /shop/', 'timeout: 3')}`;
  const { code, stdout } = await headgate(['check', '--json', '-'], { stdin });

  t.is(code, 1);
  t.deepEqual(JSON.parse(stdout), [
    {
      severity: 'unused',
      object: 'Mapping default/shop',
      field: 'spec.timeout',
      place: { file: '<stdin>', line: 21, column: 3 },
      problem: 'UnknownField',
      message: 'no such field; it has no effect; did you mean timeout_ms?',
    },
  ]);
});

test('check --json without problems prints an empty list', async (t) => {
  const { code, stdout } = await headgate(['check', '--json', '-'], { stdin: good });

  t.is(code, 0);
  t.deepEqual(JSON.parse(stdout), []);
});

test('notes alone are printed and are no failure', async (t) => {
  const foreign = mapping('shop').replace('name: shop', 'name: shop, namespace: blog');
  const stdin = good + mapping('shop') + foreign;
  const check = await headgate(['check', '-'], { stdin });
  const translate = await headgate(['translate', '-'], { stdin });

  t.deepEqual(
    check.stdout.split('\n').map((line) => line.replace(/^\S+ /, '')),
    [
      'Mapping default/shop: it matches the same requests as Mapping blog/shop of other namespaces: they share these requests, and settings that one of them lacks',
      'Mapping blog/shop: it matches the same requests as Mapping default/shop of other namespaces: they share these requests, and settings that one of them lacks',
      '',
    ],
  );
  t.is(translate.stderr, check.stdout);
  t.deepEqual([check.code, translate.code], [0, 0]);
});

test('the worst is printed first, and --fail-on says what fails', async (t) => {
  const limited = 'labels: { ambassador: [{ group: [{ generic_key: { value: x } }] }] }';
  const stdin = [
    good,
    aMapping('a', 'prefix: /a/', 'timeout: 3'),
    aMapping('b', 'prefix: /b/', 'resolver: endpoint'),
    aMapping('c', 'prefix: /c/', limited),
  ].join('---\n');
  const { code, stdout, stderr } = await headgate(['check', '-'], { stdin });
  const failing = async (severity: string): Promise<number | null> =>
    (await headgate(['check', '--fail-on', severity, '-'], { stdin })).code;

  t.is(code, 1);
  t.deepEqual(stdout.match(/default\/.(?=:)/g), ['default/b', 'default/a', 'default/c']);
  t.is(stderr, 'checked 5 objects in 1 file: 1 breaks, 1 unused, 1 note\n');
  const unused = `${good}---\n${aMapping('a', 'prefix: /a/', 'timeout: 3')}`;
  t.is((await headgate(['check', '--fail-on', 'degrades', '-'], { stdin: unused })).code, 0);
  t.deepEqual(await Promise.all(['opens', 'breaks', 'note'].map(failing)), [0, 1, 1]);
  t.is(await failing('everything'), 2);
});
