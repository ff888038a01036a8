import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import test from 'ava';

import { pages } from '../build/docs.ts';
import { fieldsOf, notYet } from '../build/fields-page.ts';
import { kindTable } from '../src/kube/kind.ts';
import { headgate } from './_support/process/headgate.ts';

for (const [name, page] of Object.entries(pages))
  test(`docs/reference/${name}.md says what the code says (npm run docs)`, (t) => {
    const written = new URL(`../docs/reference/${name}.md`, import.meta.url);

    t.is(readFileSync(written, 'utf8'), page());
  });

test('a note about a field is about a field there is', (t) => {
  for (const [kind, notes] of Object.entries(notYet)) {
    const codec = Object.entries(kindTable).find(([name]) => name === kind)?.[1].codec;
    const paths = codec === undefined ? [] : fieldsOf(codec).map(({ path }) => path);
    t.deepEqual(
      Object.keys(notes).filter((path) => !paths.includes(path)),
      [],
    );
  }
});

/** A Mapping with fields that came last. */
const lateFields = `
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: { name: a }
spec:
  hostname: '*'
  prefix: /
  service: a
  auth_context_extensions: { a: b }
  bypass_error_response_overrides: true
  error_response_overrides: [{ on_status_code: 404, body: { text_format: gone } }]
`;

test('no field of a Mapping is not supported yet, in the page and in what is reported', async (t) => {
  const { stdout } = await headgate(['check', '--json', '-'], { stdin: lateFields });
  const reported = (JSON.parse(stdout) as readonly { problem: string; field: string }[])
    .filter(({ problem }) => problem === 'NotYetSupported')
    .map(({ field }) => field);
  const said = Object.entries(notYet.Mapping ?? {})
    .filter(([, note]) => note.startsWith('not supported yet'))
    .map(([field]) => field);

  t.deepEqual([reported, said], [[], []]);
});

const decisions = readdirSync('docs/decisions').filter((name) => /^\d/.test(name));

const readers = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'changes/README.md'],
  ...['docs/decisions/README.md', 'examples/README.md', 'proto/README.md'],
  ...[
    'docs/gateway-api.md',
    'docs/install.md',
    'docs/moving-from-emissary.md',
    'docs/operations.md',
    'docs/scaling.md',
    'docs/security.md',
    'k8s/overlays/beside-emissary/README.md',
  ],
  'k8s/examples/remote-envoys/README.md',
  ...['src/collection/README.md', 'src/xds/session/README.md'],
  ...decisions.map((name) => `docs/decisions/${name}`),
];

for (const page of readers)
  test(`${page} links to what exists`, (t) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)];

    t.deepEqual(
      links.map(([, link = '']) => link).filter((link) => !existsSync(join(dirname(page), link))),
      [],
    );
  });

const guides = [
  ...['ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/security.md'],
  ...['src/collection/README.md', 'src/xds/session/README.md'],
];

for (const page of guides)
  test(`${page} names files and folders that exist`, (t) => {
    const named = /`((?:build|docs|k8s|proto|spec|src|streams)\/[^`\s<>*…]+)`/g;
    const paths = [...readFileSync(page, 'utf8').matchAll(named)].map(([, path = '']) => path);

    t.deepEqual(
      paths.filter((path) => !existsSync(path)),
      [],
    );
  });

test('the list of decisions has each, under its number and in order', (t) => {
  const entries = /^(\d+)\. \[.+\]\((.+)\)$/gm;
  const list = [...readFileSync('docs/decisions/README.md', 'utf8').matchAll(entries)];

  t.deepEqual(
    list.map(([, number, name]) => [number, name]),
    decisions.sort().map((name) => [String(Number.parseInt(name, 10)), name]),
  );
});

const day = String.raw`\d{4}-\d{2}-\d{2}`;
const status = String.raw`In force|In force; revised on ${day}|Replaced by \[\d+\]\([^)]+\)`;

for (const name of decisions)
  test(`decision ${name} begins with its number, its day and its status`, (t) => {
    const page = readFileSync(join('docs/decisions', name), 'utf8');

    t.regex(
      page,
      new RegExp(`^# ${Number.parseInt(name, 10)}\\. .+\\n\\n${day}\\. (${status})\\.\\n\\n`),
    );
  });

/** The reasons that the language of the Gateway API names; `authority` has causes of its own behind them. */
const reasonsGiven = (): readonly string[] => {
  const texts = readdirSync('src/translate/gateway', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('authority'))
    .map((path) => readFileSync(join('src/translate/gateway', path), 'utf8'));
  const named = /\b(?:reason(?::| =)|refused\(|fault\(|refFault\(|ruleFault\()\s*'([A-Z]\w+)'/g;
  const found = texts.flatMap((text) => [...text.matchAll(named)].map(([, reason = '']) => reason));
  return [...new Set(found)].filter((reason) => reason !== 'NoConflicts');
};

test('the page about the Gateway API says what to do for every reason that is given', (t) => {
  const page = readFileSync('docs/gateway-api.md', 'utf8');
  const reasons = reasonsGiven();

  t.true(reasons.length > 20);
  t.deepEqual(
    reasons.filter((reason) => !page.includes(`\`${reason}\``)),
    [],
  );
});
