import { posix } from 'node:path';

import { codeOf, declared, type Source } from './sources.ts';

/** What some files export and no other file names, as `file: name`; any other file counts, a spec too. */
export const unusedExports = (
  exporting: readonly Source[],
  sources: readonly Source[],
): readonly string[] => {
  const used = new Set(sources.flatMap(usesOf));
  return exporting.flatMap(exportsOf).filter((name) => !used.has(name));
};

/** What a file exports, as `file: name`; a codec and its type share one. */
const exportsOf = (source: Source): readonly string[] => [
  ...new Set(
    codeOf(source)
      .split('\n')
      .flatMap((line) => {
        const [, isExported, name] = declared.exec(line) ?? [];
        return isExported === undefined ? [] : [`${source.path}: ${name}`];
      }),
  ),
];

/** What a file takes from other files, as `file: name`. */
const usesOf = (source: Source): readonly string[] => {
  const code = codeOf(source);
  return ways.flatMap(({ expression, names }) =>
    [...code.matchAll(expression)].flatMap(({ groups }) =>
      names(groups?.['what'] ?? '', code).map((name) => {
        const path = posix.join(posix.dirname(source.path), groups?.['from'] ?? '');
        return `${path}: ${name}`;
      }),
    ),
  );
};

interface Way {
  readonly expression: RegExp;
  /** The names that `what` of the expression stands for, in the code that it stands in. */
  readonly names: (what: string, code: string) => readonly string[];
}

const listed = (what: string): readonly string[] =>
  what
    .split(',')
    .map((name) => /^\s*(?:type\s+)?(\w+)/.exec(name)?.[1] ?? '')
    .filter((name) => name !== '');

const membersOf = (what: string, code: string): readonly string[] =>
  [...code.matchAll(new RegExp(`\\b${what}\\.(\\w+)`, 'g'))].map(([, name = '']) => name);

const ways: readonly Way[] = [
  {
    expression:
      /\b(?:import|export)\s+(?:type\s+)?\{(?<what>[^{}]*)\}\s*from\s*['"](?<from>\.[^'"]*)['"]/g,
    names: listed,
  },
  {
    expression: /\bimport\s+(?:type\s+)?\*\s*as\s+(?<what>\w+)\s+from\s*['"](?<from>\.[^'"]*)['"]/g,
    names: membersOf,
  },
  {
    expression: /\{(?<what>[^{}]*)\}\s*=\s*await\s+import\(\s*['"](?<from>\.[^'"]*)['"]\s*\)/g,
    names: listed,
  },
  {
    expression: /\b(?<what>\w+)\s*=\s*await\s+import\(\s*['"](?<from>\.[^'"]*)['"]\s*\)/g,
    names: membersOf,
  },
  {
    expression: /\bimport\(\s*['"](?<from>\.[^'"]*)['"]\s*\)\)?\.(?<what>\w+)/g,
    names: listed,
  },
  {
    expression: /new URL\(\s*['"](?<from>\.[^'"]*)['"]\s*,\s*import\.meta\.url\s*\)/g,
    names: (_, code) =>
      [...code.matchAll(/\{([^{}]*)\}\s*=\s*await\s+import\(/g)].flatMap(([, names = '']) =>
        listed(names),
      ),
  },
];
