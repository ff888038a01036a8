import test from 'ava';

import type { EffectUntilSupported, Problem } from '../../../src/problem/problem.ts';
import { isAsBadAs, severities, severityOf } from '../../../src/problem/severity.ts';

const at = { object: 'Mapping shop/web', field: '' } as const;

const unsupported = (effect?: EffectUntilSupported): Problem => ({
  ...at,
  _tag: 'NotYetSupported',
  ...(effect !== undefined && { effect }),
});

test('what lets something through opens; what answers 503 instead breaks', (t) => {
  t.is(severityOf(unsupported('Unguarded')), 'opens');
  t.is(severityOf(unsupported('AllRefused')), 'breaks');
  t.is(severityOf(unsupported()), 'unused');
});

test('what some of several Envoys refuse is served by the others', (t) => {
  const refused: Problem = { ...at, _tag: 'RefusedByEnvoy', resource: 'a', message: 'b' };
  t.is(severityOf(refused), 'breaks');
  t.is(severityOf({ ...refused, by: '1 of 2' }), 'degrades');
});

test('as bad as something are it and all that is worse', (t) => {
  const unknown: Problem = { ...at, _tag: 'UnknownField' };
  t.deepEqual(
    severities.filter((severity) => isAsBadAs(severity)(unknown)),
    ['unused', 'note'],
  );
});
