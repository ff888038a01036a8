import * as t from 'io-ts';

/** Reads a duration as Go and protobuf write it ("1.5s", "1h30m"); in milliseconds. */
export const Duration = new t.Type<number, number, unknown>(
  'a duration of at most 24 hours, such as "1.5s" or "1h30m"',
  (u): u is number => Number.isInteger(u) && inBounds(Number(u)),
  (u, context) => {
    const read = typeof u === 'string' ? milliseconds(u) : undefined;
    return read !== undefined && inBounds(read) ? t.success(read) : t.failure(u, context);
  },
  t.identity,
);
export type Duration = t.TypeOf<typeof Duration>;

const inBounds = (duration: number): boolean => duration >= 0 && duration <= 86_400_000;

const whole = /^(?:(?:[0-9]{1,15}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})(?:ns|us|µs|μs|ms|s|m|h))+$/;
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
const milliseconds = (written: string): number | undefined => {
  if (written === '0') return 0;
  if (written.length > 64 || !whole.test(written)) return undefined;
  const sum = [...written.matchAll(part)].reduce(
    (total, [, amount, name = '']) => total + Number(amount) * (unit.get(name) ?? Number.NaN),
    0,
  );
  return Math.ceil(Number(sum.toFixed(6)));
};
