import test from 'ava';
import { pino } from 'pino';

import { reachability } from '../../../../src/edge/kube/reachability.ts';
import type { Cause, Reflected } from '../../../../src/kube/reflect/reflected.ts';

const interrupted = (cause: Cause): Reflected<unknown> => ({
  _tag: 'Interrupted',
  cause,
  message: 'why',
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

test('one that was read before is a problem like others, which is said elsewhere', (t) => {
  t.deepEqual(logged(['services', synced], ['services', interrupted('Forbidden')]), []);
});
