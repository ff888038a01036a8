/** When a certificate is valid, in milliseconds since the epoch. */
export interface Validity {
  readonly from: number;
  readonly to: number;
}

/** How a certificate stands at some moment. */
export type CertificateStanding = 'NotYetValid' | 'Good' | 'ExpiresSoon' | 'Expired';

/** Where a moment, in milliseconds since the epoch, lies in the life of a certificate. */
export const standingAt = (validity: Validity, now: number): CertificateStanding => {
  if (now < validity.from) return 'NotYetValid';
  if (now >= validity.to) return 'Expired';
  return now < soonBefore(validity) ? 'Good' : 'ExpiresSoon';
};

/** The first moment after this one at which the certificate stands otherwise. */
export const changeAfter = (validity: Validity, now: number): number =>
  [validity.from, soonBefore(validity), validity.to].find((moment) => now < moment) ?? Infinity;

/**
 * Automatic renewal happens when a third of a certificate's life is left, so one with less than a fifth left has
 * been forgotten; of a long life the last two weeks count.
 */
const soonBefore = ({ from, to }: Validity): number => to - Math.min((to - from) / 5, 14 * day);

const day = 86_400_000;
