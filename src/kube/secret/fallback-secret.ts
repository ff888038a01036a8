import type { Decoded, KubeEvent } from '../kube-event.ts';

/** Puts a Secret where a source has none of that name; the source's own one counts. */
export const withFallbackSecret =
  (fallback: Decoded<'Secret'>) =>
  (event: KubeEvent): KubeEvent => {
    if (event._tag === 'Reported' || event.kind !== 'Secret') return event;
    if (event._tag === 'Listed')
      return event.items.some(({ key }) => key === fallback.key)
        ? event
        : { ...event, items: [...event.items, fallback] };
    if (event._tag === 'Deleted' && event.key === fallback.key)
      return { _tag: 'Applied', kind: 'Secret', item: fallback };
    return event;
  };
