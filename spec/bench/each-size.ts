import type { Row, RunOptions } from './benchmark.ts';

/** The rows of all sizes, one after another, so that none is measured beside another. */
export const eachSize = async (
  { sizes, progress }: RunOptions,
  measured: (n: number) => Promise<readonly Row[]>,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const n of sizes) {
    progress(`${n}`);
    rows.push(...(await measured(n)));
  }
  return rows;
};
