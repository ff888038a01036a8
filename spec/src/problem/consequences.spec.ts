import test from 'ava';

import type { ObjectRef } from '../../../src/ir/object-ref.ts';
import { byCause, showConsequence } from '../../../src/problem/consequences.ts';
import type { Problem } from '../../../src/problem/problem.ts';

const causes = [{ object: 'Listener a/http' as ObjectRef, reason: 'is not open' }];
const unserved: Problem = { _tag: 'NotServed', object: 'Host a/one', field: '', causes };
const partly: Problem = {
  ...{ _tag: 'LeftOut', object: 'Host a/two', field: '', causes },
  reason: 'not served on all its Listeners',
};

const shown = (...problems: readonly Problem[]): readonly string[] =>
  byCause(problems).consequences.map(showConsequence);

test('what is still served elsewhere is said as that', (t) => {
  t.deepEqual(shown(partly), [
    'Listener a/http: 1 object is not served everywhere because of it: Host a/two',
  ]);
  t.deepEqual(shown(unserved, partly), [
    'Listener a/http: 2 objects are not served because of it: Host a/one, Host a/two',
  ]);
});
