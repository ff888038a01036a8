import type { Duration } from '../../../proto/envoy.ts';

/** A time in milliseconds as Envoy reads it. */
export const duration = (milliseconds: number): Duration => {
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, nanos: Math.round((milliseconds - seconds * 1000) * 1e6) };
};
