import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Row } from './benchmark.ts';
import type { Machine } from './machine.ts';

/** What one run of one benchmark found. */
export interface Result {
  readonly name: string;
  readonly machine: Machine;
  /** The day of the run: `2026-11-23`. */
  readonly day: string;
  readonly seconds: number;
  readonly rows: readonly Row[];
}

const file = join(import.meta.dirname, 'results.json');

/** The last result of each benchmark that was saved. */
export const savedResults = (): readonly Result[] => read(file);

/**
 * Results of an earlier version that later ones are shown beside: its `results.json`, made by these
 * benchmarks in its tree.
 */
export const earlierResults = (): readonly Result[] =>
  read(join(import.meta.dirname, 'before.json'));

const read = (path: string): readonly Result[] =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as readonly Result[]) : [];

/** Saves results in place of earlier ones of the same benchmarks, and returns them all. */
export const saveResults = (results: readonly Result[]): readonly Result[] => {
  const others = savedResults().filter((saved) => !results.some(({ name }) => name === saved.name));
  const all = [...others, ...results];
  writeFileSync(file, `${JSON.stringify(all, undefined, 2)}\n`);
  return all;
};
