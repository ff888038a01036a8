import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { values } from '../../../src/collection/collection.ts';
import { decode } from '../../../src/kube/decode.ts';
import { describeProblem } from '../../../src/problem/show-problem.ts';
import { readManifest } from '../../../src/manifest/manifest.ts';
import { hostPattern } from '../../../src/translate/emissary/mapping/host-pattern.ts';
import { holds } from '../../_support/property/property.ts';
import {
  aHost,
  aListener,
  aMapping,
  translated,
  type Manifest,
} from '../../_support/world/builders.ts';

/** Keys that are special in JavaScript, in YAML or in HTTP, and others. */
const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'X-A', 'x-a', ':path'),
  fc.constantFrom('', 'a\0b', 'a\nb', 'a b', '<<', '~', 'null', '1', ':authority2', '😀'),
  fc.string({ maxLength: 4 }),
);

/** Values that are read, and others. */
const value = fc.oneof(
  fc.constantFrom<unknown>('a', '', '.*', true, false, null, 1, '\0', ['a'], { a: 'a' }),
  fc.jsonValue({ maxDepth: 1 }),
);

const map = fc
  .array(fc.tuple(key, value), { maxLength: 3 })
  .map((entries) => Object.fromEntries(entries));

const junk = fc.oneof({ arbitrary: map, weight: 4 }, value);

/** The same object, written and read: as JSON by an API server, and as YAML in a file. */
const written: Readonly<Record<string, (object: Manifest) => unknown>> = {
  JSON: (object) => JSON.parse(JSON.stringify(object)),
  YAML: (object) => readManifest('a.yaml', JSON.stringify(object)).objects[0]?.raw,
};

const world = [aListener(), aHost('default/all')] as const;

/** The conditions that all routes of a Mapping ask for, beside its path. */
const conditionsOf = (mapping: unknown) =>
  [...values(translated(...world, mapping as Manifest).ir.virtualHosts)].flatMap(({ routes }) =>
    routes.map(({ match }) => [...match.headers, ...match.queryParameters]),
  );

const entriesOf = (field: unknown): readonly (readonly [string, unknown])[] =>
  typeof field === 'object' && field !== null ? Object.entries(field) : [];

for (const [how, read] of Object.entries(written))
  for (const field of ['headers', 'regex_headers', 'query_parameters', 'regex_query_parameters'])
    test(`every entry of ${field} is a condition, or nothing is served: ${how}`, (t) => {
      let served = 0;
      holds(
        t,
        fc.property(junk, (content) => {
          for (const conditions of conditionsOf(
            read(aMapping('default/a', { [field]: content })),
          )) {
            served += 1;
            assert.deepEqual(
              conditions.map(({ name }) => name).toSorted(),
              entriesOf(content)
                .map(([name]) => name)
                .toSorted(),
            );
          }
        }),
        { numRuns: 200 },
      );
      t.true(served > 20, `${served}`);
    });

const asWritten = (content: string): string => content;

/** Host names are compared without regard to case, a port and a last dot. */
const asName = (content: string): string =>
  content
    .toLowerCase()
    .replace(/(:\d+)?$/, '')
    .replace(/\.$/, '');

for (const [field, other, asked] of [
  ['method', {}, asWritten],
  ['method', { method_regex: true }, asWritten],
  ['prefix', {}, asWritten],
  ['prefix', { prefix_exact: true }, asWritten],
  ['prefix', { prefix_regex: true }, asWritten],
  ['hostname', {}, asName],
  ['host', { hostname: undefined }, asName],
  ['host', { hostname: undefined, host_regex: true }, hostPattern],
] as const)
  test(`${field} is asked for as it is written, or nothing is served ${JSON.stringify(other)}`, (t) => {
    holds(
      t,
      fc.property(value, (content) => {
        const mapping = aMapping('default/a', { ...other, [field]: content ?? undefined });
        if (content === null) return;
        for (const host of values(translated(...world, mapping).ir.virtualHosts))
          for (const { match } of host.routes)
            assert.ok(
              [...match.headers.map(({ match: one }) => one), match.path, { value: host.domain }]
                .map((one) => ('value' in one ? one.value : undefined))
                .includes(asked(content as string)),
            );
      }),
      { numRuns: 200 },
    );
  });

const refusals = (object: Manifest): readonly string[] => {
  const decoding = decode(JSON.parse(JSON.stringify(object)));
  if (decoding._tag !== 'Decoded' || decoding.item.object !== undefined) return [];
  return decoding.item.problems.map((problem) =>
    'field' in problem ? `${problem.field}: ${describeProblem(problem)}` : '',
  );
};

const isRefused = test.macro({
  exec: (t, object: Manifest, problem: string) => {
    t.deepEqual(refusals(object), [problem]);
  },
  title: (name = '') => `what would mean more without a part of it is refused: ${name}`,
});

const proto = JSON.parse('{ "__proto__": "v" }') as object;

test(
  'a condition whose name cannot be kept',
  isRefused,
  aMapping('default/a', { headers: proto }),
  'spec.headers.__proto__: expected another key, got "__proto__"',
);
test(
  'a condition without a value',
  isRefused,
  aMapping('default/a', { headers: { 'x-a': null } }),
  'spec.headers.x-a: expected a string, got null',
);
test(
  'a condition that is false',
  isRefused,
  aMapping('default/a', { headers: { 'x-a': false } }),
  'spec.headers.x-a: expected a header value of at most 4096 characters without NUL and line breaks, got false',
);
test(
  'a label to select by',
  isRefused,
  aHost('default/a', { mappingSelector: { matchLabels: proto } }),
  'spec.mappingSelector.matchLabels.__proto__: expected another key, got "__proto__"',
);
test(
  'a misspelt part of a selector',
  isRefused,
  aHost('default/a', { mappingSelector: { matchLabel: { team: 'blue' } } }),
  'spec.mappingSelector.matchLabel: expected one of matchExpressions, matchLabels, got "matchLabel"',
);
test(
  'a misspelt condition of a selector',
  isRefused,
  aHost('default/a', {
    mappingSelector: { matchExpressions: [{ key: 'team', operator: 'NotIn', value: ['blue'] }] },
  }),
  'spec.mappingSelector.matchExpressions[0].value: expected one of key, operator, values, got "value"',
);
test(
  'a misspelt binding',
  isRefused,
  aListener('default/a', {
    hostBinding: { namespace: { from: 'ALL' }, selectors: { matchLabels: { a: 'b' } } },
  }),
  'spec.hostBinding.selectors: expected one of namespace, selector, got "selectors"',
);
test(
  'a misspelt setting of TLS',
  isRefused,
  aHost('default/a', { tlsContext: { nam: 'strict' } }),
  'spec.tlsContext.nam: expected one of name, got "nam"',
);
