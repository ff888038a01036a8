import test from 'ava';

import type { GuardEffect, Problem } from '../../../src/problem/problem.ts';
import { isAsBadAs, severities, severityOf } from '../../../src/problem/severity.ts';

const at = { object: 'Mapping shop/web', field: '' } as const;

const guard = (effect: GuardEffect): Problem => ({ ...at, _tag: 'GuardUnusable', effect });

test('what lets something through opens; what answers 503 instead breaks', (t) => {
  t.is(severityOf(guard('Unguarded')), 'opens');
  t.is(severityOf(guard('EdgeStack')), 'opens');
  t.is(severityOf(guard('ModuleTls')), 'opens');
  t.is(severityOf(guard('IngressNginx')), 'opens');
  t.is(severityOf(guard('AllRefused')), 'breaks');
  t.is(severityOf({ ...at, _tag: 'NotYetSupported' }), 'unused');
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
