import test from 'ava';
import { from, lastValueFrom, toArray } from 'rxjs';

import { watchedNamespace } from '../../../../src/edge/kube/watched-namespace.ts';
import type { KubeEvent } from '../../../../src/kube/kube-event.ts';
import { ApiFault } from '../../../../src/kube/reflect/api-fault.ts';
import type { ApiCall } from '../../../../src/edge/kube/kube-client.ts';

const missing = new ApiFault('namespaces "shpo" not found', { status: 404, reason: 'NotFound' });
const lost = new ApiFault('404: no such page', { status: 404 });
const forbidden = new ApiFault('forbidden', { status: 403, reason: 'Forbidden' });

/** What is said when the API server answers so, one time after the other. */
const said = async (...answers: readonly (ApiFault | object)[]): Promise<readonly KubeEvent[]> => {
  const waiting = [...answers];
  const request = async ({ path }: ApiCall): Promise<unknown> => {
    if (path === '/api/v1/namespaces')
      return { items: [{ metadata: { name: 'shop' } }, { metadata: { name: 'edge' } }] };
    const answer = waiting.shift();
    if (answer instanceof ApiFault) throw answer;
    return answer;
  };
  const again$ = from(answers.slice(1));
  const batches = await lastValueFrom(
    watchedNamespace({ request }, 'shpo', again$).pipe(toArray()),
  );
  return batches.flat();
};

const problem = {
  _tag: 'Reported',
  origin: 'namespace shpo',
  problems: [
    {
      _tag: 'UnreadableKind',
      kind: 'namespace shpo',
      reason: 'does not exist; nothing is read of it until it does; did you mean shop?',
    },
  ],
} as const;

const solved = { ...problem, problems: [] };

test('a namespace that is not there is a problem, once, until it is there', async (t) => {
  t.deepEqual(await said(missing, missing, {}), [problem, solved]);
});

test('an answer that may be of a load balancer says nothing, and is asked for again', async (t) => {
  t.deepEqual(await said(lost, missing, lost, {}), [problem, solved]);
});

test('of a namespace that may not be looked at nothing is wrong', async (t) => {
  t.deepEqual(await said(forbidden), []);
  t.deepEqual(await said({}), []);
});
