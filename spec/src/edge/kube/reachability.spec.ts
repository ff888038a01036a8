import test from 'ava';
import { pino } from 'pino';

import { reachability } from '../../../../src/edge/kube/reachability.ts';
import type { Cause, Reflected } from '../../../../src/kube/reflect/reflected.ts';

const interrupted = (cause: Cause, message = 'why'): Reflected<unknown> => ({
  _tag: 'Interrupted',
  cause,
  message,
});
const synced: Reflected<unknown> = { _tag: 'Synced', items: [] };
const restored: Reflected<unknown> = { _tag: 'Restored' };

/** What is logged when this happens to kinds, one after the other. */
const logged = (...happenings: readonly (readonly [string, Reflected<unknown>])[]) => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
  const reached = reachability(log, 'there');
  for (const [kind, reflected] of happenings) reached(kind, reflected);
  return lines;
};

test('that the API server is out of reach is said once for all kinds, and once when all are back', (t) => {
  t.deepEqual(
    logged(
      ['hosts', interrupted('Unreachable')],
      ['services', interrupted('Unreachable')],
      ['hosts', restored],
      ['services', synced],
    ),
    [
      'the API server there cannot be read: why; what was read last keeps serving',
      'the API server there can be read again',
    ],
  );
});

test('a kind that may not be read and never was is named, since nothing is configured without it', (t) => {
  t.deepEqual(logged(['services', interrupted('Forbidden')]), [
    'services: why; nothing is configured until they can be read',
  ]);
});

test('who has no right is told how to look at it', (t) => {
  const message = (where: string) =>
    `hosts.getambassador.io is forbidden: User "system:serviceaccount:edge:headgate" cannot list resource "hosts" in API group "getambassador.io" ${where}`;
  const everywhere = message('at the cluster scope');
  const inOne = message('in the namespace "shop"');

  t.deepEqual(
    logged(
      ['hosts.getambassador.io', interrupted('Forbidden', everywhere)],
      ['hosts.getambassador.io', interrupted('Forbidden', inOne)],
    ),
    [
      `hosts.getambassador.io: ${everywhere}; nothing is configured until they can be read; to look at the right: kubectl auth can-i list hosts.getambassador.io --as=system:serviceaccount:edge:headgate --all-namespaces`,
      `hosts.getambassador.io: ${inOne}; nothing is configured until they can be read; to look at the right: kubectl auth can-i list hosts.getambassador.io --as=system:serviceaccount:edge:headgate --namespace=shop`,
    ],
  );
});

test('one that was read before is a problem like others, which is said elsewhere', (t) => {
  t.deepEqual(logged(['services', synced], ['services', interrupted('Forbidden')]), []);
});
