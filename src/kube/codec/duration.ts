import * as t from 'io-ts';

import { meets, type Constraint } from './constraint.ts';
import { Scalar } from './leaf.ts';

const written: Constraint = {
  type: 'string',
  maxLength: 64,
  pattern: '^(0|(([0-9]{1,15}([.][0-9]{0,9})?|[.][0-9]{1,9})(ns|us|µs|μs|ms|s|m|h))+)$',
};

const isWritten = meets(written);

const hours = 576;

/** Reads a duration as Go and protobuf write it ("1.5s", "1h30m"); in milliseconds. */
export const Duration = new Scalar<number>(
  'a duration of at most 24 days, such as "1.5s" or "1h30m"',
  (u): u is number => Number.isInteger(u) && inBounds(Number(u)),
  (u, context) => {
    const read = typeof u === 'string' && isWritten(u) ? milliseconds(u) : undefined;
    return read !== undefined && inBounds(read) ? t.success(read) : t.failure(u, context);
  },
  written,
  [
    {
      rule: `duration(self) <= duration('${hours}h')`,
      message: 'expected a duration of at most 24 days',
    },
  ],
);
export type Duration = t.TypeOf<typeof Duration>;

const inBounds = (duration: number): boolean => duration >= 0 && duration <= hours * 3_600_000;

const part = /([0-9.]+)([a-zµμ]+)/g;

const unit: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** Rounds up to whole milliseconds: a short time must not become 0, which disables a timeout. */
const milliseconds = (text: string): number => {
  const sum = [...text.matchAll(part)].reduce(
    (total, [, amount, name = '']) => total + Number(amount) * (unit.get(name) ?? 0),
    0,
  );
  return Math.ceil(Number(sum.toFixed(6)));
};
