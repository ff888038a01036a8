import test from 'ava';

import { decode } from '../../../src/kube/decode.ts';
import type { Problem } from '../../../src/problem/problem.ts';
import { severityOf } from '../../../src/problem/severity.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';

for (const [apiVersion, kind] of [
  ['getambassador.io/v3alpha1', 'Filter'],
  ['getambassador.io/v2', 'FilterPolicy'],
  ['getambassador.io/v1beta2', 'RateLimit'],
  ['gateway.getambassador.io/v1alpha1', 'WebApplicationFirewall'],
])
  test(`a ${kind} of ${apiVersion} says that it guards nothing`, (t) => {
    const { problems } = decode({ apiVersion, kind, metadata: { name: 'jwt' }, spec: {} }) as {
      readonly problems: readonly Problem[];
    };
    t.deepEqual(problems.map(showProblem), [
      `${kind} default/jwt: no effect: it is for Ambassador Edge Stack; requests are NOT guarded by it`,
    ]);
    t.deepEqual(problems.map(severityOf), ['opens']);
  });

test('what keeps nothing out in Edge Stack is a note', (t) => {
  const { problems } = decode({
    ...{ apiVersion: 'getambassador.io/v2', kind: 'Project', metadata: { name: 'p' } },
  }) as { readonly problems: readonly Problem[] };
  t.deepEqual(problems.map(severityOf), ['note']);
});
