import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Aim, Benchmark, Row, Unit } from './benchmark.ts';
import { isMet } from './figures.ts';
import { showMachine } from './machine.ts';
import { earlierResults, type Result } from './results.ts';

/** A result with the benchmark it is of. */
export interface Reported {
  readonly benchmark: Benchmark;
  readonly result: Result;
}

/** All results as a page of Markdown. */
export const page = (reported: readonly Reported[]): string => {
  const missed = reported.flatMap(({ benchmark, result }) =>
    result.rows.filter((row) => isMet(row) === false).map((row) => ({ name: benchmark.name, row })),
  );
  return [
    '# Results of `npm run bench`',
    '',
    'Written by `npm run bench -- --save`; the notes under the tables are kept by hand in `notes/`.',
    'A ratio is to the smallest N of the same run. _Before_ (p50 / p99) is the version before hosts',
    'were cut into shards, in another run on the same machine. Times of different runs hardly compare:',
    'the machine is a virtual one, and its speed varies by a factor of up to two.',
    '',
    ...(missed.length === 0 ? ['Every aim is met.'] : ['Missed aims:', '']),
    ...missed.map(({ name, row }) => `- [${name}](#${name}): ${row.what}, N = ${count(row.n)}`),
    '',
    ...reported.flatMap((one) => [section(one), '']),
  ].join('\n');
};

/** One result as a section of Markdown, with the note that is kept beside it. */
export const section = ({ benchmark, result }: Reported): string => {
  const { name, what, aim } = benchmark;
  const before = earlierResults().find((one) => one.name === name)?.rows ?? [];
  const note = join(import.meta.dirname, 'notes', `${name}.md`);
  return [
    `## ${name}`,
    '',
    what,
    '',
    `Aim: ${aim}.`,
    '',
    `${result.day}: ${showMachine(result.machine)}; ${Math.round(result.seconds)} s.`,
    '',
    line('what', 'N', 'before', 'p50', 'p99', 'max', 'samples', 'ratio', 'aim', 'note'),
    line(...Array.from({ length: 10 }, (_, i) => (i === 0 || i === 9 ? '---' : '--:'))),
    ...result.rows.map((row) => rowLine(row, result.rows, before)),
    ...(existsSync(note) ? ['', readFileSync(note, 'utf8').trim()] : []),
  ].join('\n');
};

const rowLine = (row: Row, rows: readonly Row[], before: readonly Row[]): string => {
  const { what, n, unit, p50, p99, max, samples, note } = row;
  const met = isMet(row);
  const earlier = before.find((one) => one.what === what && one.n === n);
  return line(
    what,
    count(n),
    earlier === undefined ? '' : both(earlier),
    show(p50, unit),
    p99 === undefined ? '' : show(p99, unit),
    max === undefined ? '' : show(max, unit),
    samples === undefined ? '' : String(samples),
    row.ratio ?? ratio(row, rows),
    row.aim === undefined ? '' : `${showAim(row.aim)}: ${met === true ? 'met' : '**missed**'}`,
    note ?? '',
  );
};

const both = ({ p50, p99, unit }: Row): string =>
  p99 === undefined ? show(p50, unit) : `${count(rounded(p50))} / ${show(p99, unit)}`;

const ratio = (row: Row, rows: readonly Row[]): string => {
  const same = rows.filter(({ what }) => what === row.what);
  const base = same.find(({ n }) => n === Math.min(...same.map((one) => one.n)));
  if (base === undefined || base === row || base.p50 === 0) return '';
  const p99 = row.p99 === undefined || base.p99 === undefined ? [] : [row.p99 / base.p99];
  return [row.p50 / base.p50, ...p99].map((one) => `${one.toFixed(2)}×`).join(' / ');
};

const showAim = ({ p50, p99, max, least }: Aim): string =>
  [
    ...(p50 === undefined ? [] : [`≤ ${count(p50)}`]),
    ...(p99 === undefined ? [] : [`p99 ≤ ${count(p99)}`]),
    ...(max === undefined ? [] : [`max ≤ ${count(max)}`]),
    ...(least === undefined ? [] : [`≥ ${count(least)}`]),
  ].join(', ');

const show = (figure: number, unit: Unit): string =>
  `${count(rounded(figure))}${unit === 'count' ? '' : ` ${unit}`}`;

/** Three digits that count, and no more. */
const rounded = (figure: number): number =>
  Math.abs(figure) >= 100 ? Math.round(figure) : Number(figure.toPrecision(3));

const count = (n: number): string => n.toLocaleString('en');

const line = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
