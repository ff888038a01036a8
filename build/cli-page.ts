import type { Argument, Command, Option } from 'commander';

import { newProgram } from '../src/cli/program.ts';

/** The reference page of all commands, as Markdown. */
export const cliPage = (): string =>
  [
    '# The command line',
    '',
    'Exit codes of every command: 0 good, 1 problems or failure, 2 wrong call. What a command prints for',
    'you to use goes to standard output, everything else to standard error. Colour only on a terminal,',
    'and never with `NO_COLOR`. An option wins over its environment variable. `HEADGATE_CACHE_DIR` says',
    'where a fetched Envoy is kept: by default `.cache` in a checkout, else the `headgate` folder of the',
    "user's cache. Where Emissary's `AMBASSADOR_ID`, `AMBASSADOR_NAMESPACE` and `AMBASSADOR_DRAIN_TIME`",
    'are set, they are the defaults of `--ambassador-id`, `--namespace` and `--drain-time`. The variable',
    'of an option without a value says 1, true or yes, or 0, false or no.',
    '',
    ...newProgram({}).commands.flatMap(commandSection),
  ].join('\n');

const commandSection = (command: Command): readonly string[] => [
  `## headgate ${command.name()}${command.registeredArguments
    .map((argument) => ` ${argumentName(argument)}`)
    .join('')}`,
  '',
  `${sentence(command.description())}.`,
  '',
  ...(command.registeredArguments.length === 0
    ? []
    : [
        ...command.registeredArguments.map(
          (argument) => `- \`${argumentName(argument)}\`: ${argument.description}`,
        ),
        '',
      ]),
  '| option | environment | default | meaning |',
  '|---|---|---|---|',
  ...command.options.map(optionRow),
  '',
];

const argumentName = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '…' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
};

const optionRow = (option: Option): string =>
  row(
    `\`${option.flags}\``,
    option.envVar === undefined ? '' : `\`${option.envVar}\``,
    defaultOf(option),
    `${option.description}${
      option.argChoices === undefined ? '' : `; one of ${option.argChoices.join(', ')}`
    }${option.mandatory ? ' (required)' : ''}`,
  );

const defaultOf = ({ defaultValue, defaultValueDescription, negate }: Option): string => {
  if (defaultValue === undefined || negate) return '';
  return `\`${defaultValueDescription ?? String(defaultValue)}\``;
};

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
