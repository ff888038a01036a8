import test from 'ava';

import {
  aGuard,
  aHost,
  aListener,
  problemLines,
  translated,
} from '../../../../_support/world/builders.ts';

/** What the owners of two AuthServices are told; `one` is the first. */
const told = (one: object, two: object): readonly string[] =>
  problemLines(
    translated(
      aListener('default/http'),
      aHost('default/all'),
      aGuard('AuthService', 'default/one', { auth_service: 'a', ...one }),
      aGuard('AuthService', 'default/two', { auth_service: 'b', ...two }),
    ),
  );

const inTurn =
  'AuthService default/two: spec.auth_service: all AuthServices are one: this service and that of AuthService default/one are asked in turn, in the manner of AuthService default/one';

test('a second AuthService is told that both are asked in turn', (t) => {
  t.deepEqual(told({}, {}), [inTurn]);
  t.deepEqual(told({ timeout_ms: 10 }, { timeout_ms: 10 }), [inTurn]);
});

test('where they say different things the first one counts, and the second is told', (t) => {
  t.deepEqual(told({ timeout_ms: 10, path_prefix: '/a' }, { timeout_ms: 20, path_prefix: '/a' }), [
    'AuthService default/two: spec.timeout_ms: all AuthServices are one; AuthService default/one wins',
    inTurn,
  ]);
});

test('what only the second says counts for both, and the first is told', (t) => {
  t.deepEqual(told({}, { failure_mode_allow: true }), [
    'AuthService default/one: spec.failure_mode_allow: it is absent here, so that of AuthService default/two counts: all AuthServices are one',
    inTurn,
  ]);
});

test('one that is spoken to in another way is not asked, and is told so alone', (t) => {
  t.deepEqual(told({}, { auth_service: 'https://b' }), [
    'AuthService default/two: spec.auth_service: its service is not spoken to as that of another AuthService, so it is not asked; AuthService default/one wins',
  ]);
});

test('one whose endpoints are those of another Service is not asked, and is told so', (t) => {
  const lines = problemLines(
    translated(
      aListener('default/http'),
      aHost('default/all'),
      aGuard('Module', 'default/ambassador', { config: { resolver: 'endpoint' } }),
      aGuard('AuthService', 'default/one', { auth_service: 'a' }),
      aGuard('AuthService', 'default/two', { auth_service: 'b' }),
    ),
  );
  t.true(lines.some((line) => line.includes('default/two') && line.includes('it is not asked')));
  t.false(lines.includes(inTurn));
});
