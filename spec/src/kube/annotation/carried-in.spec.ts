import test from 'ava';

import { carriedIn } from '../../../../src/kube/annotation/carried-in.ts';
import { recordOf } from '../../../../src/kube/codec/record-of.ts';
import type { Carries } from '../../../../src/kube/kube-event.ts';
import { lineOfOwn } from '../../../../src/problem/show-problem.ts';

const inAnnotation = (text: unknown, more: object = {}): Carries & { told: readonly string[] } => {
  const annotations = { 'getambassador.io/config': text };
  const metadata = { name: 'web', namespace: 'shop', annotations, ...more };
  const { objects, isWhole, problems } = carriedIn('Service shop/web', metadata);
  const told = problems.map((one) =>
    lineOfOwn(one).replace(/^metadata\.annotations\[[^\]]*\]/, '@'),
  );
  return { objects, isWhole, told };
};

const specOf = (found: Carries, i = 0): unknown => recordOf(found.objects[i]?.item.object)['spec'];

const keysIn = ({ objects }: Carries): readonly string[] =>
  objects.map(({ kind, item }) => `${kind} ${item.key}`);

const aDocument = (name: string, version = 'getambassador.io/v3alpha1', kind = 'Mapping'): string =>
  `---\napiVersion: ${version}\nkind: ${kind}\nname: ${name}\nprefix: /${name}/\nservice: web:80\n`;

for (const version of [
  ...[
    'getambassador.io/v0',
    'getambassador.io/v1',
    'getambassador.io/v2',
    'getambassador.io/v3alpha1',
  ],
  ...['ambassador/v0', 'ambassador/v1', 'ambassador/v2', 'x.getambassador.io/v3alpha1'],
])
  test(`a document of ${version} is an object in the namespace of its carrier`, (t) => {
    const found = inAnnotation(aDocument('a', version), { labels: { app: 'web' } });

    t.deepEqual(found.told, []);
    t.like(found.objects[0]?.item, {
      key: 'shop/a',
      problems: [],
      object: {
        metadata: { name: 'a', namespace: 'shop', labels: { app: 'web' } },
        spec: { prefix: '/a/', service: 'web:80' },
      },
    });
  });

test('until v2 a Mapping without a host was for every host; since then it is for those that select it', (t) => {
  const hostnames = ['ambassador/v1', 'getambassador.io/v2', 'getambassador.io/v3alpha1'].map(
    (version) => recordOf(specOf(inAnnotation(aDocument('a', version))))['hostname'],
  );

  t.deepEqual(hostnames, ['*', '*', undefined]);
});

test('an annotation holds many objects of every kind, and comments', (t) => {
  const module = '---\napiVersion: ambassador/v1\nkind: Module\nname: ambassador\nconfig: {}\n';
  const auth =
    '---\napiVersion: ambassador/v1\nkind: AuthService\nname: a\nauth_service: "auth:80"\n';
  const comment = '---\n# nothing\n';

  t.deepEqual(keysIn(inAnnotation(`# first${'\n'}${comment}${module}${comment}${auth}`)), [
    'Module shop/ambassador',
    'AuthService shop/a',
  ]);
});

test('a document may be written as an object of Kubernetes too', (t) => {
  const written =
    'apiVersion: getambassador.io/v3alpha1\nkind: Mapping\nmetadata: {name: a, labels: {b: c}}\n' +
    'spec: {hostname: "*", prefix: /a/, service: web}\n';
  const { objects } = inAnnotation(written, { labels: { app: 'web' } });

  t.like(objects[0], { isFlat: false, item: { object: { metadata: { labels: { b: 'c' } } } } });
});

for (const name of ['tour_UI', 'a/b', 'My Mapping', 'ä.b', 'A'.repeat(253)])
  test(`an object may be called ${name.slice(0, 20)}`, (t) => {
    const { objects } = inAnnotation(
      aDocument(JSON.stringify(name)).replace(/prefix.*/, 'prefix: /'),
    );

    t.is(objects[0]?.item.key, `shop/${name}`);
  });

for (const name of ['', ' a', 'a\u202eb', 'a\nb', 'A'.repeat(254)])
  test(`no object is called ${JSON.stringify(name.slice(0, 20))}`, (t) => {
    const { objects, isWhole, told } = inAnnotation(
      aDocument(JSON.stringify(name)).replace(/prefix.*/, 'prefix: /'),
    );

    t.deepEqual([objects, isWhole], [[], false]);
    t.regex(told[0] ?? '', /^@, document 1.*name: expected a name of at most 253 characters/);
  });

test('namespace and metadata_labels are of the metadata; an object is as old as its carrier, whatever it says', (t) => {
  const creationTimestamp = '2026-01-01T00:00:00Z';
  const text = `${aDocument('a', 'getambassador.io/v3alpha1', 'Host').replace(/prefix(.|\n)*/, '')}hostname: a.test
namespace: other
metadata_labels: {x: "y"}
metadata: {creationTimestamp: "1970-01-01T00:00:00Z", uid: mine}
`;
  const { objects } = inAnnotation(text, { creationTimestamp, uid: 'u', labels: { app: 'web' } });

  t.deepEqual(objects[0]?.item.object?.metadata, {
    ...{ name: 'a', namespace: 'other', labels: { x: 'y' }, creationTimestamp },
  });
  t.deepEqual(objects[0]?.item.version, { uid: 'u', carrier: 'Service shop/web' });
});

test('a rate limit of version 0 is a label, and its allowed headers are for both directions', (t) => {
  const limited = `${aDocument('a', 'ambassador/v0')}rate_limits: [{descriptor: d, headers: [x-a]}]\n`;
  const auth =
    '---\napiVersion: ambassador/v0\nkind: AuthService\nname: a\nauth_service: b\nallowed_headers: [x-b]\n';
  const found = inAnnotation(limited + auth);

  t.like(specOf(found), {
    labels: {
      ambassador: [
        {
          v0_ratelimit_00: [
            { source_cluster: { key: 'source_cluster' } },
            { destination_cluster: { key: 'destination_cluster' } },
            { remote_address: { key: 'remote_address' } },
            { generic_key: { value: 'd' } },
            { request_headers: { key: 'x-a', header_name: 'x-a', omit_if_not_present: true } },
          ],
        },
      ],
    },
  });
  t.like(specOf(found, 1), {
    allowed_request_headers: ['x-b'],
    allowed_authorization_headers: ['x-b'],
  });
});

const costs = test.macro({
  exec(t, bad: string, told: RegExp) {
    const found = inAnnotation(`${aDocument('a')}${bad}\n${aDocument('c')}`);

    t.deepEqual(keysIn(found), ['Mapping shop/a', 'Mapping shop/c']);
    t.is(found.objects[1]?.document, 3);
    t.false(found.isWhole);
    t.is(found.told.length, 1);
    t.regex(found.told[0] ?? '', told);
  },
  title: (name = '') => `a bad document costs itself alone: ${name}`,
});

const laughs = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...['b', 'c', 'd', 'e', 'f'].map(
    (one, i) => `${one}: &${one} [${Array.from({ length: 9 }, () => `*${'abcde'[i]}`).join(', ')}]`,
  ),
].join('\n');

test(
  'no YAML',
  costs,
  '---\nservice: [x',
  /^@, document 2: expected YAML that can be read, got .*\(line \d+\)$/,
);
test(
  'a text',
  costs,
  '---\njust text',
  /^@, document 2: expected a Kubernetes object, got a string/,
);
test('a key that is there twice', costs, '---\nkind: a\nkind: b', /the key kind is there twice/);
test('a billion laughs', costs, `---\n${laughs}`, /has more than 100 aliases/);
test('levels without end', costs, `---\na: ${'['.repeat(2000)}`, /got .*nested/);
test('no kind', costs, '---\napiVersion: ambassador/v1', /^@, document 2: kind: expected the kind/);
test(
  'a kind that nobody knows',
  costs,
  '---\napiVersion: ambassador/v1\nkind: Mappin\nname: b',
  /^@, document 2, Mappin shop\/b: kind: .*did you mean Mapping\?$/,
);
test(
  'a version that nobody knows',
  costs,
  '---\napiVersion: ambassador/v9\nkind: Mapping\nname: b',
  /^@, document 2, Mapping shop\/b: apiVersion: expected getambassador.io\/v3alpha1, got getambassador.io\/v9$/,
);
test(
  'a leftover of Kubernetes',
  costs,
  '---\napiVersion: extensions/v1beta1\nkind: Ingress\nname: b',
  /^@, document 2: apiVersion: expected a version of getambassador.io, got Ingress of extensions\/v1beta1$/,
);
test(
  'a kind of another language',
  costs,
  '---\napiVersion: v1\nkind: Service\nname: b',
  /^@, document 2: apiVersion: expected a version of getambassador.io, got Service of v1$/,
);

test('a document that its codec refuses is an object that is not valid, by its name', (t) => {
  const { objects, isWhole } = inAnnotation(`${aDocument('a')}weight: 101\n`);
  const { item } = objects[0] ?? {};

  t.true(isWhole);
  t.is(item?.object, undefined);
  t.like(item?.problems[0], { object: 'Mapping shop/a', field: 'spec.weight' });
});

test('an annotation is bounded, and what is beyond the bound is said', (t) => {
  const many = inAnnotation(Array.from({ length: 1001 }, (_, i) => aDocument(`n${i}`)).join(''));
  const large = inAnnotation(`# ${'x'.repeat(262_144)}\n${aDocument('a')}`);

  t.deepEqual([many.objects.length, many.isWhole], [1000, false]);
  t.regex(many.told[0] ?? '', /at most 1000 documents/);
  t.deepEqual([large.objects.length, large.isWhole], [0, false]);
  t.regex(large.told[0] ?? '', /at most 262144 characters/);
});

test('an annotation that is no text is a problem', (t) => {
  t.regex(inAnnotation(['a']).told[0] ?? '', /^@: expected YAML documents in a string/);
});
