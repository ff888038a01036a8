import { importsOf, type Source } from './sources.ts';

/**
 * The circles of files that import each other, types too, as `a.ts → b.ts → a.ts`.
 *
 * For each file in a circle the shortest circle through it is returned. A circle begins with the
 * file that comes first in the alphabet, and is returned once.
 */
export const circles = (sources: readonly Source[]): readonly string[] => {
  const paths = new Set(sources.map(({ path }) => path));
  const imports = new Map(
    sources.map((source) => [source.path, importsOf(source).filter((path) => paths.has(path))]),
  );
  return [...new Set([...paths].sort().flatMap((path) => circleThrough(path, imports)))];
};

type Imports = ReadonlyMap<string, readonly string[]>;

/** The shortest path from a file back to itself, by breadth-first search. */
const circleThrough = (start: string, imports: Imports): readonly string[] => {
  const ways: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (const way of ways)
    for (const next of imports.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return [shown(way)];
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  return [];
};

const shown = (circle: readonly string[]): string => {
  const first = circle.indexOf([...circle].sort()[0] ?? '');
  const turned = [...circle.slice(first), ...circle.slice(0, first)];
  return [...turned, ...turned.slice(0, 1)].join(' → ');
};
