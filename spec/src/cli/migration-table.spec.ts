import test from 'ava';

import { migrationTable } from '../../../src/cli/migration-table.ts';
import type { Problem } from '../../../src/problem/problem.ts';

const mapping = 'Mapping default/shop';

test('each severity has a column of its own, the worst comes first, and what works is counted', (t) => {
  const problems: readonly Problem[] = [
    { _tag: 'Note', object: mapping, field: 'spec.docs', note: 'no effect: it is for a portal' },
    { _tag: 'Note', object: mapping, field: 'spec.service', note: 'a scheme means cleartext' },
    { _tag: 'UnknownField', object: mapping, field: 'spec.prefx', nearest: 'prefix' },
    {
      _tag: 'NotFound',
      object: 'Host default/a',
      field: 'spec.tlsSecret',
      target: 'Secret default/s',
    },
    { _tag: 'GuardUnusable', object: 'Module default/x', field: '', effect: 'Unguarded' },
  ];

  t.deepEqual(migrationTable([mapping, 'Mapping default/two', 'Host default/b'], problems), [
    'opens              Module default/x      it cannot be used; requests pass without it, because of the option serve-unguarded',
    'refused            Host default/a        spec.tlsSecret: Secret default/s does not exist',
    'works differently  Mapping default/shop  spec.service: a scheme means cleartext',
    'ignored            Mapping default/shop  spec.docs: no effect: it is for a portal',
    'ignored            Mapping default/shop  spec.prefx: no such field; it has no effect; did you mean prefix?',
    'works: 1 Host, 1 Mapping',
  ]);
});

test('what follows from another object is one row of that object', (t) => {
  const causes = [{ object: 'Listener default/l', reason: 'is not open' }] as const;
  const problems = ['Host default/a', 'Host default/b'].map(
    (object) => ({ _tag: 'NotServed', object, field: '', causes }) as Problem,
  );

  t.deepEqual(migrationTable([], problems), [
    'refused            Listener default/l  2 objects are not served because of it: Host default/a, Host default/b',
    'works: none',
  ]);
});
