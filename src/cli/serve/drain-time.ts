import { UsageError } from '../usage-error.ts';

/**
 * How many seconds requests may go on when Envoy is stopped: as asked, else as Emissary was told,
 * else ten.
 */
export const drainTime = (
  asked: number | undefined,
  env: Readonly<Record<string, string | undefined>>,
): number => {
  const text = env['AMBASSADOR_DRAIN_TIME'];
  if (asked !== undefined) return asked;
  if (text === undefined || text === '') return 10;
  if (!/^\d{1,4}$/.test(text) || Number(text) > 3600)
    throw new UsageError(
      `expected a whole number from 0 to 3600 in AMBASSADOR_DRAIN_TIME, found '${text}'`,
    );
  return Number(text);
};
