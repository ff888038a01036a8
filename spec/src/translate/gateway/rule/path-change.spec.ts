import test from 'ava';

import type { PathModifier } from '../../../../../src/kube/gateway/filter.ts';
import { showProblem } from '../../../../../src/problem/show-problem.ts';
import { pathFaults } from '../../../../../src/translate/gateway/rule/path-change.ts';

const faultsOf = (modifier: PathModifier): readonly string[] =>
  pathFaults('HTTPRoute default/r', 'path', modifier, ['/']).map(({ problem }) =>
    showProblem(problem),
  );

test('a path is replaced in one way, and what stands beside it is a fault', (t) => {
  const both = { replaceFullPath: '/a', replacePrefixMatch: '/b' };

  t.deepEqual(faultsOf({ type: 'ReplaceFullPath', ...both }), [
    'HTTPRoute default/r: path.replacePrefixMatch: expected nothing beside ReplaceFullPath, got "/b"',
  ]);
  t.deepEqual(faultsOf({ type: 'ReplacePrefixMatch', ...both }), [
    'HTTPRoute default/r: path.replaceFullPath: expected nothing beside ReplacePrefixMatch, got "/a"',
  ]);
  t.deepEqual(faultsOf({ type: 'ReplaceFullPath', replaceFullPath: '/a' }), []);
});
