import type { Aim, Row } from './benchmark.ts';
import { quantile } from './quantile.ts';

/** The median, the 99th percentile and the worst of many samples, as fields of a row. */
export const figures = (
  samples: readonly number[],
): Pick<Row, 'p50' | 'p99' | 'max' | 'samples'> => ({
  p50: quantile(samples, 0.5),
  p99: quantile(samples, 0.99),
  max: quantile(samples, 1),
  samples: samples.length,
});

/** Whether a figure is what it is meant to be; undefined where nothing was promised. */
export const isMet = ({ p50, p99, max, aim }: Row): boolean | undefined => {
  if (aim === undefined) return undefined;
  return (
    within(p50, aim.p50) && within(p99, aim.p99) && within(max, aim.max) && p50 >= (aim.least ?? 0)
  );
};

const within = (figure: number | undefined, limit: number | undefined): boolean =>
  figure === undefined || limit === undefined || figure <= limit;

/** Measures so many times, or fewer when that takes more than this many seconds; at least thrice. */
export const sampled = async (
  { samples, seconds }: { readonly samples: number; readonly seconds: number },
  measure: (turn: number) => Promise<number> | number,
): Promise<readonly number[]> => {
  const end = performance.now() + seconds * 1000;
  const found: number[] = [];
  while (found.length < samples && (found.length < 3 || performance.now() < end))
    found.push(await measure(found.length));
  return found;
};

/** The aim for one size, of a table of aims. */
export const aimAt = (aims: Readonly<Record<number, Aim>>, n: number): { readonly aim?: Aim } => {
  const aim = aims[n];
  return aim === undefined ? {} : { aim };
};
