import test from 'ava';

import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';

const said = (...mappings: readonly Manifest[]): readonly string[] =>
  problemLines(translated(aListener(), aHost('default/all'), ...mappings));

const end = 'of other namespaces: they share these requests, and settings that one of them lacks';

test('members of two namespaces name each other', (t) => {
  t.deepEqual(
    said(
      aMapping('shop/main'),
      aMapping('shop/canary', { weight: 10 }),
      aMapping('blog/canary', { weight: 10 }),
    ),
    [
      `Mapping blog/canary: it matches the same requests as Mapping shop/canary, Mapping shop/main ${end}`,
      `Mapping shop/canary: it matches the same requests as Mapping blog/canary ${end}`,
      `Mapping shop/main: it matches the same requests as Mapping blog/canary ${end}`,
    ],
  );
});

test('a shadow and a redirect of another namespace are named, too', (t) => {
  t.true(
    said(aMapping('shop/main'), aMapping('blog/copy', { shadow: true })).includes(
      `Mapping shop/main: it matches the same requests as Mapping blog/copy ${end}`,
    ),
  );
  t.true(
    said(aMapping('shop/main'), aMapping('blog/away', { host_redirect: true })).includes(
      `Mapping shop/main: it matches the same requests as Mapping blog/away ${end}`,
    ),
  );
});

test('nothing is said in one namespace, or where the conditions differ', (t) => {
  t.deepEqual(said(aMapping('shop/main'), aMapping('shop/canary', { weight: 10 })), []);
  t.deepEqual(said(aMapping('shop/main'), aMapping('blog/more', { prefix: '/more/' })), []);
});

test('of many a few are named', (t) => {
  const many = Array.from({ length: 50 }, (_, i) => aMapping(`team-${i + 10}/m`, { weight: 1 }));
  const lines = said(aMapping('shop/main'), ...many);

  t.is(lines.length, 51);
  t.is(
    lines.find((line) => line.startsWith('Mapping team-12/m')),
    `Mapping team-12/m: it matches the same requests as Mapping shop/main, Mapping team-10/m, Mapping team-11/m and 47 more ${end}`,
  );
  t.true(lines.every((line) => line.length < 300));
});
