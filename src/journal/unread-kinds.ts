import { kinds, type Kind } from '../kube/kind.ts';
import type { Listed } from '../kube/kube-event.ts';
import type { Batch } from './batch.ts';
import type { Header } from './header.ts';

/**
 * The first batch of a journal, with empty lists of the kinds that were not read by its recorder.
 *
 * Without them a journal of an earlier Headgate would wait for those lists for ever.
 */
export const withUnreadKinds = ({ kinds: read = firstKinds }: Header, batch: Batch): Batch => {
  const [first, ...others] = batch.events;
  const unread = kinds
    .filter((kind) => !read.includes(kind))
    .map((kind): Listed => ({ _tag: 'Listed', kind, items: [] }));
  return unread.length === 0 ? batch : { ...batch, events: [first, ...others, ...unread] };
};

/** The kinds that were read before headers named them. */
const firstKinds: readonly Kind[] = [
  'Listener',
  'Host',
  'Mapping',
  'KubernetesEndpointResolver',
  'KubernetesServiceResolver',
  'Service',
  'EndpointSlice',
  'Secret',
];
