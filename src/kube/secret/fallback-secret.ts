import type { Decoded, KubeEvent } from '../kube-event.ts';

/** The Secret of the certificate that a Listener serves while there is no Host. Nobody else signed it. */
export const fallbackSecretName = 'fallback-self-signed-cert';

/** Adds a Secret as long as the source has none of that name. */
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
