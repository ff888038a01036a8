import type { Validity } from '../ads/tls-material.ts';

/** How a certificate stands at some moment. */
export type Expiry = 'NotYetValid' | 'Good' | 'Ageing' | 'Expired';

/**
 * Where a moment, in milliseconds since the epoch, lies in the life of a certificate.
 *
 * Automatic renewal happens when a third of a certificate's life is left, so one with less than a
 * fifth left has been forgotten, whether it lives for a day or for ten years.
 */
export const expiryAt = ({ from, to }: Validity, now: number): Expiry => {
  if (now < from) return 'NotYetValid';
  if (now >= to) return 'Expired';
  return to - now < (to - from) / 5 ? 'Ageing' : 'Good';
};
