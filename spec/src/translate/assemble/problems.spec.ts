import test from 'ava';

import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  translated,
} from '../../../_support/world/builders.ts';

test('of very many problems of one object the worst are told, and how many more there are', (t) => {
  const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`unknown${i}`, i]));
  const lines = problemLines(
    translated(
      ...[aListener(), aHost('default/all'), aMapping('default/other', { wrong: 1 })],
      aMapping('default/a', { ...unknown, resolver: 'absent' }),
    ),
  );
  t.is(lines.length, 102);
  t.true(lines.some((line) => line.includes('Resolver default/absent does not exist')));
  t.true(lines.includes('Mapping default/a: it has 4901 more problems, which are not listed'));
  t.true(lines.some((line) => line.startsWith('Mapping default/other: spec.wrong')));
});
