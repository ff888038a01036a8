import assert from 'node:assert/strict';

import test, { type ExecutionContext } from 'ava';
import * as fc from 'fast-check';

import { entries, values } from '../../../../../src/collection/collection.ts';
import { secretsOfChain } from '../../../../../src/ir/filter-chain.ts';
import type { Ir } from '../../../../../src/ir/ir.ts';
import { shownParts } from '../../../../../src/ir/shown-parts.ts';
import { applyAll } from '../../../../../src/kube/store/object-store.ts';
import type { Translation } from '../../../../../src/translate/translate.ts';
import { makeSnapshot } from '../../../../../src/xds/make-snapshot.ts';
import { typeUrls } from '../../../../../src/xds/type-url.ts';
import { holds } from '../../../../_support/property/property.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import { anHttpsListener } from '../../../../_support/world/an-https-listener.ts';
import {
  aHost,
  aListener,
  aMapping,
  applied,
  createdIn,
  problemLines,
  step,
  storeOf,
  syncedStore,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';
import { anObject } from '../../../../_support/world/small-world.ts';

const hostname = 'good.example';
const tlsSecret = { name: 'cert' };
const theirSecret = { name: 'cert', namespace: 'zzz' };
const owner = (year = 2024): Manifest =>
  createdIn(year, aHost('good/good', { hostname, tlsSecret }));

/** Two Listeners that take every Host, the certificates of three namespaces, and some Hosts. */
const world = (...hosts: readonly Manifest[]): readonly Manifest[] => [
  aListener(),
  anHttpsListener('chains'),
  aSecret('good/cert', 'one'),
  aSecret('zzz/cert', 'two'),
  aSecret('aaa/cert', 'two'),
  aMapping('good/all', { hostname }),
  ...hosts,
];

/** What is served to clients that ask for the name over TLS. */
const servedOverTls = ({ ir }: Translation): readonly string[] =>
  [...values(ir.filterChains)]
    .filter(({ tls }) => tls?.serverNames.includes(hostname) === true)
    .map((chain) => secretsOfChain(chain)[0] ?? 'refused');

/** The Hosts whose virtual hosts serve the name, each once. */
const servedBy = ({ ir }: Translation): readonly string[] => [
  ...new Set(
    [...values(ir.virtualHosts)]
      .filter((one) => one.domain === hostname)
      .flatMap((one) => one.from),
  ),
];

const attackers: readonly (readonly [string, object])[] = [
  ['takes nothing with a certificate of its own', { tlsSecret: theirSecret }],
  [
    'closes nothing with TLS settings',
    { tlsSecret: theirSecret, tls: { min_tls_version: 'v1.2' } },
  ],
  ['closes nothing with a TLSContext', { tlsContext: { name: 'strict' } }],
  ['closes nothing with a certificate that is missing', { tlsSecret: { name: 'none' } }],
  ['closes nothing by rejecting', { requestPolicy: { insecure: { action: 'Reject' } } }],
];

for (const [what, spec] of attackers)
  test(`a younger Host of another namespace ${what}`, (t) => {
    const stranger = createdIn(2025, aHost('aaa/thief', { hostname, ...spec }));
    const translation = translated(...world(owner(), stranger));
    t.deepEqual(servedOverTls(translation), ['good/cert']);
    t.deepEqual(servedBy(translation), ['Host good/good']);
    t.deepEqual(
      problemLines(translation).filter((line) => line.includes('is claimed by')),
      ['http', 'https'].map(
        (name) =>
          `Host aaa/thief: spec.hostname: good.example on Listener default/${name} is claimed by another Host, which is older (created 2024-01-01T00:00:00Z); Host good/good wins`,
      ),
    );
  });

/** What the Hosts that lose the name on the Listener for cleartext are told. */
const said = (
  t: ExecutionContext,
  hosts: readonly Manifest[],
  expected: readonly string[],
): void => {
  t.deepEqual(
    problemLines(translated(...world(...hosts)))
      .filter((line) => line.includes('Listener default/http '))
      .map((line) => line.replace('spec.hostname: good.example on Listener default/http ', '')),
    expected,
  );
};

test('of Hosts of one age, or of none, the first by name', (t) => {
  const other = aHost('other/too', { hostname });
  const lines = (first: string, second: string): readonly string[] => [
    `Host ${second}: is claimed by another Host, which comes first by name; Host ${first} wins`,
  ];
  said(t, [owner(2024), createdIn(2024, other)], lines('good/good', 'other/too'));
  said(t, [aHost('good/good', { hostname }), other], lines('good/good', 'other/too'));
});

test('a Host that no API server created comes after those with an age', (t) => {
  said(
    t,
    [aHost('aaa/a', { hostname }), owner(2024)],
    [
      'Host aaa/a: is claimed by another Host, which is older (created 2024-01-01T00:00:00Z); Host good/good wins',
    ],
  );
});

test('in the namespace that has the name, the Host that asks for more TLS has it, then the oldest', (t) => {
  const first = createdIn(2023, aHost('good/first', { hostname }));
  const stranger = createdIn(2024, aHost('zzz/thief', { hostname, tlsSecret }));
  const later = owner(2025);
  const guard = createdIn(
    2026,
    aHost('good/guard', { hostname, tls: { min_tls_version: 'v1.2' } }),
  );
  said(
    t,
    [first, stranger, later],
    [
      'Host good/first: is claimed by another Host, which has a certificate; Host good/good wins',
      'Host zzz/thief: is claimed by another Host, whose namespace has one that is older (created 2023-01-01T00:00:00Z); Host good/good wins',
    ],
  );
  t.deepEqual(servedOverTls(translated(...world(first, stranger, later))), ['good/cert']);
  t.deepEqual(servedOverTls(translated(...world(first, stranger, later, guard))), ['refused']);
});

test('a name that its owner serves in cleartext alone is served over TLS by nobody', (t) => {
  const first = createdIn(2023, aHost('good/first', { hostname }));
  const stranger = createdIn(2024, aHost('zzz/thief', { hostname, tlsSecret }));
  t.deepEqual(servedOverTls(translated(...world(first, stranger))), []);
});

test('a name is had on a Listener: on one that does not take its owner another Host has it', (t) => {
  const own = { hostBinding: { namespace: { from: 'SELF' } } };
  const stranger = createdIn(2025, aHost('zzz/theirs', { hostname }));
  const translation = translated(
    ...world(owner(), stranger),
    aListener('zzz/own', { port: 9090, ...own }),
  );
  const host = [...values(translation.ir.virtualHosts)].find(
    ({ table, domain }) => table === 'listener-9090/cleartext' && domain === hostname,
  );
  t.deepEqual(host?.from, ['Host zzz/theirs']);
});

test('a Host inside of an older wildcard has its own name', (t) => {
  const wildcard = createdIn(
    2023,
    aHost('other/wide', { hostname: '*.example', tlsSecret: theirSecret }),
  );
  t.deepEqual(servedOverTls(translated(...world(wildcard, owner()))), ['good/cert']);
});

test('when the owner is deleted the next oldest has the name; created anew it is the youngest', (t) => {
  const next = createdIn(2025, aHost('zzz/next', { hostname, tlsSecret: theirSecret }));
  const before = storeOf(...world(owner(), next));
  const first = step(undefined, before);
  const gone = applyAll(before, [{ _tag: 'Deleted', kind: 'Host', key: 'good/good' }]);
  const second = step(first, syncedStore(gone));
  const third = step(second, syncedStore(applyAll(gone, [applied(owner(2026))])));
  t.deepEqual([first, second, third].map(servedOverTls), [
    ['good/cert'],
    ['zzz/cert'],
    ['zzz/cert'],
  ]);
});

test('an age is in no resource and in no version', (t) => {
  const of = (year: number) => {
    const { ir } = translated(createdIn(year, aListener('gateway/http')), ...world(owner(year)));
    const { resources } = makeSnapshot(undefined, ir);
    return typeUrls.map((typeUrl) => [...entries(resources[typeUrl])]);
  };
  t.deepEqual(of(2024), of(2025));
});

const shown = (ir: Ir): unknown => shownParts(ir).map(([part, nodes]) => [part, [...nodes]]);

test('law: whatever a younger Host of another namespace asks for, its name is served as without it', (t) => {
  const anySpec = anObject
    .filter(({ kind }) => kind === 'Host')
    .map((host) => host['spec'] as Readonly<Record<string, unknown>>);
  const without = shown(translated(...world(owner())).ir);
  holds(
    t,
    fc.property(anySpec, fc.constantFrom('aaa/a', 'good-too/a', 'zzz/z'), (spec, key) => {
      const stranger = createdIn(2025, aHost(key, { ...spec, hostname }));
      assert.deepEqual(shown(translated(...world(owner(), stranger)).ir), without);
    }),
  );
});

test('law: whatever a younger Listener asks for over TCP, its port is served as without it', (t) => {
  const anySpec = anObject
    .filter(({ kind }) => kind === 'Listener')
    .map((listener) => listener['spec'] as Readonly<Record<string, unknown>>)
    .filter(({ protocolStack }) => !Array.isArray(protocolStack) || !protocolStack.includes('UDP'));
  const first = createdIn(2024, aListener('zzz/old'));
  const objects = [...world(owner()).slice(1), first];
  const without = shown(translated(...objects).ir);
  holds(
    t,
    fc.property(anySpec, (spec) => {
      const stranger = createdIn(2025, aListener('aaa/a', { ...spec, port: 8080 }));
      assert.deepEqual(shown(translated(...objects, stranger).ir), without);
    }),
  );
});
