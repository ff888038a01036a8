import { codeOf, declared, importsOf, type Source } from './sources.ts';

/** A rule about single files: which ones it is for, and what in one of them breaks it. */
export interface Rule {
  readonly title: string;
  readonly applies: (path: string) => boolean;
  readonly offences: (source: Source) => readonly string[];
  /** A file that breaks it. */
  readonly example: Source;
}

/** What breaks a rule, as `file: what`. */
export const offenders = (
  { applies, offences }: Pick<Rule, 'applies' | 'offences'>,
  sources: readonly Source[],
): readonly string[] =>
  sources
    .filter(({ path }) => applies(path))
    .flatMap((source) => offences(source).map((what) => `${source.path}: ${what}`));

const within =
  (...folders: readonly string[]) =>
  (path: string): boolean =>
    folders.some((folder) => path.startsWith(`${folder}/`));

const inSource = within('src', 'streams');
const isWorld = within('src/edge', 'src/cli');
const isPure = (path: string): boolean => inSource(path) && !isWorld(path);

/** Every match of an expression in the code of a file, with its line. */
const words =
  (expression: RegExp) =>
  (source: Source): readonly string[] =>
    codeOf(source)
      .split('\n')
      .flatMap((line, i) =>
        [...line.matchAll(expression)].map(([word]) => `line ${i + 1}: ${word.trim()}`),
      );

const mostLines = 250;

const lengthOf = ({ text }: Source): readonly string[] => {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return lines > mostLines ? [`${lines} lines`] : [];
};

const allowedOfFpTs: Readonly<Record<string, RegExp | undefined>> = {
  'fp-ts/lib/function.js': /^(pipe|absurd)$/,
  'fp-ts/lib/Either.js': /./,
  'fp-ts/lib/Option.js': /./,
  'fp-ts/lib/ReadonlyArray.js': /./,
  'fp-ts/lib/NonEmptyArray.js': /./,
  'fp-ts/lib/ReadonlyNonEmptyArray.js': /./,
  'fp-ts/lib/Eq.js': /./,
  'fp-ts/lib/Ord.js': /./,
};

const fpTsOffences = (source: Source): readonly string[] => [
  ...importsOf(source).filter(
    (name) => /^fp-ts(\/|$)/.test(name) && allowedOfFpTs[name] === undefined,
  ),
  ...[
    ...codeOf(source).matchAll(/import\s*(?:type\s*)?\{([^}]*)\}\s*from\s*'(fp-ts\/[^']*)'/g),
  ].flatMap(([, names = '', from = '']) =>
    names
      .split(',')
      .map(
        (name) =>
          name
            .trim()
            .replace(/^type /, '')
            .split(' ')[0] ?? '',
      )
      .filter((name) => name !== '' && allowedOfFpTs[from]?.test(name) === false)
      .map((name) => `${from} ${name}`),
  ),
];

/** The exports without a comment before them; a type may share that of its codec. */
const undocumented = ({ text }: Source): readonly string[] => {
  const lines = text.split('\n');
  const documented = new Set<string>();
  return lines.flatMap((line, i) => {
    const [, isExported, name] = declared.exec(line) ?? [];
    if (name === undefined) return [];
    if (lines[i - 1]?.endsWith('*/') === true) documented.add(name);
    return isExported === undefined || documented.has(name) ? [] : [`line ${i + 1}: ${name}`];
  });
};

const a = (path: string, text: string): Source => ({ path, text });

/** The rules of CONTRIBUTING.md that a file can break by itself. */
export const rules: readonly Rule[] = [
  {
    title: `a file fits in the head: at most ${mostLines} lines`,
    applies: (path) => within('src', 'streams', 'spec')(path) && path !== 'proto/envoy.ts',
    offences: lengthOf,
    example: a('src/ir/long.ts', 'x\n'.repeat(251)),
  },
  {
    title: 'pure code reads no clock, rolls no die, waits for nothing and sees no environment',
    applies: isPure,
    // A date of a given moment is a value; without one it is the time of the clock.
    offences: words(
      /\b(?:Date\.now|new Date\b(?!\(\w)|(?<!new )Date\(|Math\.random|randomUUID|randomBytes|performance\.|process\.|globalThis|setTimeout|setInterval|setImmediate|queueMicrotask|console\.|fetch\()/g,
    ),
    example: a('src/xds/cluster/cluster.ts', 'const at = Date.now();'),
  },
  {
    title: 'pure code touches no file',
    applies: isPure,
    offences: words(/'(?:node:)?fs(?:\/promises)?'|\bfs\./g),
    example: a('src/manifest/manifest.ts', "const { readFile } = await import('node:fs');"),
  },
  {
    title: 'only the command line and the edge press start',
    applies: isPure,
    offences: words(/\.subscribe\(/g),
    example: a('streams/pipe/coalesce.ts', 'source.subscribe(target);'),
  },
  {
    title: 'no stage holds a Subject; only `connect` makes one',
    applies: within('streams'),
    offences: words(/(?<!connector: \(\) => )new (?:Behavior|Replay|Async)?Subject\b/g),
    example: a('streams/pipe/coalesce.ts', 'const x$ = new ReplaySubject<number>();'),
  },
  {
    title: 'no stage is async',
    applies: within('streams'),
    offences: words(/\basync\b|\bawait\b/g),
    example: a('streams/pipe/coalesce.ts', 'async () => 1'),
  },
  {
    title: 'produce has one place, the object store',
    applies: (path) => inSource(path) && path !== 'src/kube/store/object-store.ts',
    offences: words(/\bproduce\(|'immer'/g),
    example: a('src/kube/decode.ts', 'produce(store, f);'),
  },
  {
    title: 'fp-ts is a short list',
    applies: inSource,
    offences: fpTsOffences,
    example: a('src/kube/decode.ts', "import { pipe, flow } from 'fp-ts/lib/function.js';"),
  },
  {
    title: 'certificates are always verified',
    applies: inSource,
    offences: words(/rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/g),
    example: a('src/edge/client.ts', 'const o = { rejectUnauthorized: false };'),
  },
  {
    title: 'every export has a name, and is exported where it lives',
    applies: within('src', 'streams', 'spec'),
    offences: words(
      /^\s*export default\b|\bas default\s*[,}]|^\s*export (?:type )?(?:\*|\{).*\bfrom\b/g,
    ),
    example: a('src/ir/route.ts', "export * from '../string-match.ts';"),
  },
  {
    title: 'what is exported is explained',
    applies: within('src', 'streams', 'spec/_support'),
    offences: undocumented,
    example: a('src/ir/route.ts', 'export const x = 1;'),
  },
  {
    title: 'a file is named in kebab-case after one noun, not after a drawer',
    applies: within('src', 'streams', 'spec'),
    offences: ({ path }) =>
      /\/(?:index|utils?|commons?|helpers?|types?|misc|shared)\.(?:spec\.)?[cm]?[jt]s$/.test(
        path,
      ) || !/\/[a-z0-9]+(?:-[a-z0-9]+)*(?:\.spec)?\.ts$/.test(path)
        ? ['its name']
        : [],
    example: a('src/ir/index.ts', ''),
  },
];
