import test from 'ava';

import { firstSeen } from '../../../../src/cli/serve/first-seen.ts';
import { from } from '../../../../src/collection/collection.ts';
import type { Problem } from '../../../../src/problem/problem.ts';

const unknown = (field: string): Problem => ({
  ...{ _tag: 'UnknownField', object: 'Mapping shop/web', field },
});

const problems = (...all: readonly Problem[]) => from([['Mapping shop/web', all] as const]);

test('a problem is as old as its first version, though it is found anew', (t) => {
  const { seen, since } = firstSeen();
  const [first, again, other] = [unknown('spec.a'), unknown('spec.a'), unknown('spec.b')];
  const [before, after] = [problems(first), problems(other, again)];
  seen(undefined, before, 10);
  seen(before, after, 20);

  t.deepEqual([first, again, other].map(since), [
    ...['1970-01-01T00:00:00.010Z', '1970-01-01T00:00:00.010Z', '1970-01-01T00:00:00.020Z'],
  ]);
});

test('one that was gone begins anew', (t) => {
  const { seen, since } = firstSeen();
  const [first, again] = [unknown('spec.a'), unknown('spec.a')];
  seen(undefined, problems(first), 10);
  seen(problems(first), problems(), 20);
  seen(problems(), problems(again), 30);

  t.is(since(again), '1970-01-01T00:00:00.030Z');
});
