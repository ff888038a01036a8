import * as t from 'io-ts';

import { meets, type Constraint } from '../codec/constraint.ts';
import { Scalar } from '../codec/leaf.ts';

/** As GEP-2257 says: at most four numbers of at most five digits, each with its unit. */
const written: Constraint = { type: 'string', pattern: '^([0-9]{1,5}(h|m|s|ms)){1,4}$' };

const isWritten = meets(written);

/** Envoy has no longer times; nothing waits for so long. */
const longest = 576 * 3_600_000;

/** Reads a duration of the Gateway API; in milliseconds, at most 24 days. */
export const GatewayDuration = new Scalar<number>(
  'a duration such as "1s" or "1m30s"',
  (u): u is number => Number.isInteger(u) && Number(u) >= 0 && Number(u) <= longest,
  (u, context) =>
    typeof u === 'string' && isWritten(u)
      ? t.success(Math.min(longest, milliseconds(u)))
      : t.failure(u, context),
  written,
);

const unit: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

const milliseconds = (text: string): number =>
  [...text.matchAll(/([0-9]+)(ms|[hms])/g)].reduce(
    (total, [, amount, name = '']) => total + Number(amount) * (unit.get(name) ?? 0),
    0,
  );
