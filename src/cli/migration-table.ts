import { refParts, showRef, type ObjectRef } from '../ir/object-ref.ts';
import { byCause, showConsequence } from '../problem/consequences.ts';
import type { Problem } from '../problem/problem.ts';
import { severityOf } from '../problem/severity.ts';
import { lineOfOwn, showCulprit } from '../problem/show-problem.ts';
import { compareTexts } from './problem-lines.ts';

/** What becomes of what an object says when it is moved here, the worst first. */
const outcomes = ['opens', 'refused', 'works differently', 'ignored'] as const;

type Outcome = (typeof outcomes)[number];

interface Row {
  readonly outcome: Outcome;
  readonly object: string;
  readonly what: string;
}

/**
 * What becomes of all objects of an installation that is moved here, as lines: a row for each thing that does not
 * simply work, the worst first, in three columns; behind them how many objects of each kind simply work.
 */
export const migrationTable = (
  objects: readonly ObjectRef[],
  problems: readonly Problem[],
): readonly string[] => {
  const { own, consequences } = byCause(problems);
  const rows = [
    ...own.map(rowOf),
    ...consequences.map((one): Row => ({
      outcome: 'refused',
      object: showRef(one.cause),
      what: showConsequence(one).slice(`${showRef(one.cause)}: `.length),
    })),
  ].toSorted((a, b) => rankOf(a) - rankOf(b) || compareTexts(a.object, b.object));
  const named = new Set(problems.flatMap((one) => ('object' in one ? one.object : [])));
  return [...lines(rows), ...working(objects.filter((one) => !named.has(one)))];
};

const rowOf = (problem: Problem): Row => ({
  outcome: outcomeOf(problem),
  object: showCulprit(problem),
  what: lineOfOwn(problem),
});

const outcomeOf = (problem: Problem): Outcome => {
  switch (severityOf(problem)) {
    case 'opens':
      return 'opens';
    case 'breaks':
      return 'refused';
    case 'degrades':
      return 'works differently';
    case 'unused':
      return 'ignored';
    case 'note':
      return problem._tag === 'Note' && problem.note.startsWith('no effect')
        ? 'ignored'
        : 'works differently';
  }
};

const lines = (rows: readonly Row[]): readonly string[] => {
  const width = Math.max(...rows.map(({ object }) => object.length), 0);
  return rows.map(
    ({ outcome, object, what }) => `${outcome.padEnd(17)}  ${object.padEnd(width)}  ${what}`,
  );
};

const working = (objects: readonly ObjectRef[]): readonly string[] => {
  const kinds = Map.groupBy(objects, (object) => refParts(object)[0]);
  const counts = [...kinds].sort(([a], [b]) => compareTexts(a, b));
  return [`works: ${counts.map(([kind, { length }]) => `${length} ${kind}`).join(', ') || 'none'}`];
};

const rankOf = ({ outcome }: Row): number => outcomes.indexOf(outcome);
