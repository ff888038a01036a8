import test from 'ava';
import { isLeft } from 'fp-ts/lib/Either.js';
import { firstValueFrom, toArray } from 'rxjs';

import { recordedPipeline } from '../../../src/cli/serve/recorded-pipeline.ts';
import { journalVersion, type Header } from '../../../src/journal/header.ts';
import { entryLine, headerLine, readJournal } from '../../../src/journal/journal.ts';
import { withUnreadKinds } from '../../../src/journal/unread-kinds.ts';
import { kinds, type Kind } from '../../../src/kube/kind.ts';
import { replay } from '../../../streams/replay/replay.ts';
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
      ...['GatewayClass', 'Gateway', 'ListenerSet', 'HTTPRoute', 'GRPCRoute', 'BackendTLSPolicy'],
      ...['ReferenceGrant', 'Ingress', 'IngressClass', 'CustomResourceDefinition', 'Namespace'],
      'ConfigMap',
    ],
  );
});

test('a batch of a run that read every kind stays what it is', (t) => {
  t.is(withUnreadKinds({ ...header, kinds }, first), first);
});

const publications = test.macro({
  async exec(t, read: readonly Kind[], says: Partial<Header>, expected: number) {
    const { events } = aBatch(0, ...nothingOf(...read));
    const text = `${headerLine({ ...header, ...says })}${entryLine({ seq: 1, at: 0, events })}`;
    const journal = readJournal(text);
    if (isLeft(journal)) throw new Error(journal.left);
    const batches$ = replay(journal.right, { mode: { _tag: 'Instant' } });
    const published = await firstValueFrom(
      batches$.pipe(recordedPipeline(journal.right), toArray()),
    );

    t.is(published.length, expected);
  },
  title: (name = '') => `a journal is replayed: ${name}`,
});

/** A Headgate that did not know Modules and resolvers of Consul yet. */
const earlier = kinds.filter((kind) => kind !== 'Module' && kind !== 'ConsulResolver');

test('of a run that read every kind', publications, kinds, { kinds }, 1);
test('from before a kind existed', publications, earlier, { kinds: earlier }, 1);
test('not before everything that was read is listed', publications, earlier, { kinds }, 0);
test(
  'from before headers named kinds',
  publications,
  ...([
    [
      ...(['Listener', 'Host', 'Mapping', 'KubernetesEndpointResolver'] as const),
      ...(['KubernetesServiceResolver', 'Service', 'EndpointSlice', 'Secret'] as const),
    ],
    {},
    1,
  ] as const),
);
