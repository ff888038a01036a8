import test from 'ava';

import { journalVersion, type Header } from '../../../src/journal/header.ts';
import { withUnreadKinds } from '../../../src/journal/unread-kinds.ts';
import { kinds } from '../../../src/kube/kind.ts';
import { aBatch, nothingOf } from '../../_support/world/batches.ts';

const header: Header = {
  headgate: 'journal',
  version: journalVersion,
  options: { ambassadorId: 'default', namespace: 'default' },
};

const first = aBatch(0, ...nothingOf('Host'));

test('a kind that was not read counts as listed and empty', (t) => {
  const read = kinds.filter((kind) => kind !== 'Module');

  t.deepEqual(withUnreadKinds({ ...header, kinds: read }, first).events, [
    { _tag: 'Listed', kind: 'Host', items: [] },
    { _tag: 'Listed', kind: 'Module', items: [] },
  ]);
});

test('journals from before headers named kinds are without the kinds of that time', (t) => {
  const added = withUnreadKinds(header, first).events.slice(1);

  t.deepEqual(
    added.map((event) => ('kind' in event ? event.kind : '')),
    [
      ...['TCPMapping', 'TLSContext', 'AuthService', 'RateLimitService', 'LogService'],
      ...['TracingService', 'Module', 'DevPortal', 'ConsulResolver'],
    ],
  );
});

test('a batch of a run that read every kind stays what it is', (t) => {
  t.is(withUnreadKinds({ ...header, kinds }, first), first);
});
