import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';

import { makeCertificate } from '../../src/edge/make-certificate.ts';
import { headgate } from '../_support/headgate.ts';
import { host, listener, mapping } from '../_support/manifests.ts';
import { tempDir } from '../_support/temp-dir.ts';

const good = listener.trimStart() + host;

const says = test.macro({
  async exec(t, manifest: string, ...lines: readonly string[]) {
    const { code, stdout } = await headgate(['check', '-'], { stdin: manifest });

    t.deepEqual(stdout.split('\n').slice(0, -1), lines);
    t.is(code, lines.length === 0 ? 0 : 1);
  },
  title: (name = '') =>
    `check names the place, the object, the field and what was expected: ${name}`,
});

/** Stands after `good`, so that its first line is the thirteenth. */
const aMapping = (...spec: readonly string[]): string =>
  [
    '---',
    'apiVersion: getambassador.io/v3alpha1',
    'kind: Mapping',
    'metadata:',
    '  name: shop',
    'spec:',
    "  hostname: '*'",
    '  service: shop',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');

test('nothing wrong', says, good + mapping('shop'));
test(
  'malformed YAML',
  says,
  'kind: Mapping\nspec: [\nmetadata: {}\n',
  '<stdin>:3:1: Flow sequence in block collection must be sufficiently indented and end with a ]',
);
test(
  'a bad value',
  says,
  good + aMapping('prefix: /shop/', 'timeout_ms: soon'),
  '<stdin>:22:3 Mapping default/shop: spec.timeout_ms: expected an integer from 0 to 86400000, got "soon"',
);
test(
  'a field that is missing',
  says,
  good + aMapping('weight: 10'),
  '<stdin>:18:1 Mapping default/shop: spec.prefix: expected a path of at most 4096 characters without NUL and line breaks, got nothing',
);
test(
  'an unknown field',
  says,
  good + aMapping('prefix: /shop/', 'timeout: 3'),
  '<stdin>:22:3 Mapping default/shop: spec.timeout: no such field; it has no effect',
);
test(
  'a field that is not supported yet',
  says,
  good + aMapping('prefix: /shop/', 'outlier_detection: x'),
  '<stdin>:22:3 Mapping default/shop: spec.outlier_detection: not supported yet; it has no effect',
);
test(
  'an expression that RE2 cannot read',
  says,
  good + aMapping('prefix: /shop/(', 'prefix_regex: true'),
  '<stdin>:21:3 Mapping default/shop: spec.prefix: expected an RE2 regular expression of at most 200 steps, got "/shop/(" (error parsing regexp: missing closing ): `/shop/(`)',
);
test(
  'a Service that does not exist',
  says,
  good + aMapping('prefix: /shop/', 'resolver: endpoint'),
  '<stdin>:20:3 Mapping default/shop: spec.service: Service default/shop does not exist',
);
test(
  'an object that is there twice',
  says,
  good + mapping('shop') + mapping('shop'),
  '<stdin>:20:1 Mapping default/shop: is defined already in <stdin>:14, which counts',
);
test(
  'two Hosts with one name',
  says,
  good +
    "---\napiVersion: getambassador.io/v3alpha1\nkind: Host\nmetadata: { name: too }\nspec: { hostname: '*' }\n",
  '<stdin>:17:9 Host default/too: spec.hostname: another Host has this hostname on Listener default/http; Host default/all wins',
);
test(
  'a certificate that does not exist',
  says,
  good.replace('requestPolicy', 'tlsSecret: { name: gone }, requestPolicy'),
  '<stdin>:11:24 Host default/all: spec.tlsSecret: Secret default/gone does not exist',
);
test(
  'an old version',
  says,
  'apiVersion: getambassador.io/v2\nkind: Mapping\nmetadata: { name: shop }\n',
  '<stdin>:1:1 Mapping default/shop: apiVersion: expected getambassador.io/v3alpha1, got getambassador.io/v2',
);
test(
  'a kind that is not supported yet',
  says,
  'apiVersion: getambassador.io/v3alpha1\nkind: TLSContext\nmetadata: { name: tls }\n',
  '<stdin>:1:1 TLSContext default/tls: not supported yet; it has no effect',
);
test(
  'a slip in a kind',
  says,
  'apiVersion: getambassador.io/v3alpha1\nkind: Maping\nmetadata: { name: shop }\n',
  '<stdin>:2:1 Maping default/shop: kind: expected a kind of getambassador.io, got "Maping"',
);
test(
  'no Kubernetes object at all',
  says,
  'hello\n',
  '<stdin>:1:1 Object default/?: expected a Kubernetes object, got "hello"',
);

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
    'shop.yaml:3:1 Mapping default/shop: no Host takes this Mapping; expected one by hostname or mappingSelector\n',
  );
  t.deepEqual(together, { code: 0, stdout: '', stderr: 'not read: 1 Deployment of apps/v1\n' });
});

test('check --json gives each problem its place and its name', async (t) => {
  const stdin = good + aMapping('prefix: /shop/', 'timeout: 3');
  const { code, stdout } = await headgate(['check', '--json', '-'], { stdin });

  t.is(code, 1);
  t.deepEqual(JSON.parse(stdout), [
    {
      file: '<stdin>',
      line: 22,
      column: 3,
      object: 'Mapping default/shop',
      field: 'spec.timeout',
      problem: 'UnknownField',
      message: 'no such field; it has no effect',
    },
  ]);
});

test('check --json without problems prints an empty list', async (t) => {
  const { code, stdout } = await headgate(['check', '--json', '-'], { stdin: good });

  t.is(code, 0);
  t.deepEqual(JSON.parse(stdout), []);
});
