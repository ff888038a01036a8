import test from 'ava';

import { kinds, kindTable } from '../../../../../src/kube/kind.ts';
import { isGuardKind } from '../../../../../src/translate/emissary/guard/guarding.ts';

test('what a kind guards is closed, where its row says that its language does so, or where it cannot be read', (t) => {
  const guarding = kinds.filter((kind) => kindTable[kind].isGuarding === true);

  t.deepEqual(kinds.filter(isGuardKind), ['AuthService', 'RateLimitService', ...guarding]);
});
