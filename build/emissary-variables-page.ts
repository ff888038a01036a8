import { emissaryVariables, type Fate } from '../src/cli/emissary-variables.ts';

/** The reference page of Emissary's environment variables, as Markdown. */
export const emissaryVariablesPage = (): string =>
  [
    "# Emissary's environment variables",
    '',
    'What becomes of each variable that Emissary 2 and 3 read. Where one that does nothing here is set, the log says so',
    'once, at the start. Those of Headgate: [the command line](cli.md).',
    '',
    '| variable | here | |',
    '|---|---|---|',
    ...[...emissaryVariables].map(([name, fate]) => `| \`${name}\` | ${cells(fate)} |`),
    '',
  ].join('\n');

const cells = (fate: Fate): string => {
  switch (fate._tag) {
    case 'Read':
      return `the same | ${fate.note ?? ''}`;
    case 'Instead':
      return `other name | ${named(fate.text)}`;
    case 'Unused':
      return `without meaning | ${fate.why}`;
  }
};

/** Names of variables are shown as such. */
const named = (text: string): string =>
  text.replace(/ is$/, '').replace(/HEADGATE_\w+(?:=\w+)?/, '`$&`');
