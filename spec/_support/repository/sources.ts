import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** One file of this repository. */
export interface Source {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The TypeScript files below some folders; a folder that does not exist has none. */
export const sourcesIn = (...folders: readonly string[]): readonly Source[] =>
  folders.flatMap(filesBelow).map((path) => ({ path, text: readFileSync(path, 'utf8') }));

const filesBelow = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name))
      .map((entry) => posix.join(entry.parentPath.replaceAll('\\', '/'), entry.name))
      .sort();
  } catch {
    return [];
  }
};

/** What a file says to the machine: its text without comments, the lines where they were. */
export const codeOf = ({ text }: Source): string =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .replaceAll(/(^|[\s;,)}\]])\/\/.*$/gm, '$1');

/** What a file imports, statically or not, types too: files by path, packages by name. */
export const importsOf = (source: Source): readonly string[] =>
  [...codeOf(source).matchAll(/\b(?:from\s+|import\s*\(?\s*)['"]([^'"\s]+)['"]/g)].map(
    ([, specifier = '']) =>
      specifier.startsWith('.') ? posix.join(posix.dirname(source.path), specifier) : specifier,
  );

/** A line that begins a declaration at the top of a file: whether it is exported, and its name. */
export const declared =
  /^(export )?(?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/;

/** The package that a specifier is of; `node:fs/promises` is of `node:fs`. */
export const packageOf = (specifier: string): string => {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
};
