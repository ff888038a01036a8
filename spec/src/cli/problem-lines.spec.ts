import test from 'ava';

import { problemLines } from '../../../src/cli/problem-lines.ts';
import type { Problem } from '../../../src/problem/problem.ts';

const place = { file: 'a.yaml', line: 3, column: 1 };

const unused: Problem = { _tag: 'UnknownField', object: 'Listener shop/raw', field: 'spec.x' };
const cause: Problem = { _tag: 'NotYetSupported', object: 'Listener shop/raw', field: 'spec.y' };
const other: Problem = { _tag: 'UnknownField', object: 'Host shop/a', field: 'spec.x' };

const following = (object: 'Host shop/b' | 'Mapping shop/c'): Problem => ({
  ...{ _tag: 'NotAttached', object, field: '', reason: 'why' },
  causes: [{ object: 'Listener shop/raw', reason: 'is not open' }],
});

test('a cause is as bad as what follows from it, which is one line behind it', (t) => {
  const all = [other, following('Host shop/b'), unused, following('Mapping shop/c'), cause];
  t.deepEqual(
    problemLines(all, ({ _tag }) => (_tag === 'NotAttached' ? undefined : place)),
    [
      'a.yaml:3:1 Listener shop/raw: spec.x: no such field; it has no effect',
      'a.yaml:3:1 Listener shop/raw: spec.y: not supported yet; it has no effect',
      'a.yaml:3:1 Listener shop/raw: 2 objects are not served because of it: Host shop/b, Mapping shop/c',
      'a.yaml:3:1 Host shop/a: spec.x: no such field; it has no effect',
    ],
  );
});

test('what follows from an object of which nothing else is said is told nevertheless', (t) => {
  t.deepEqual(
    problemLines([following('Host shop/b')], () => undefined),
    ['Listener shop/raw: 1 object is not served because of it: Host shop/b'],
  );
});
