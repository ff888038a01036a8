import { defaultFields, emissaryLog } from '../src/ir/access-log/access-log.ts';
import { logCommands } from '../src/ir/access-log/log-format.ts';

/** The reference page of what an access log can hold, as Markdown. */
export const accessLogPage = (): string =>
  [
    '# Fields and commands of the access log',
    '',
    'What they mean: [the access log](../access-log.md).',
    '',
    '| field of `json` | format |',
    '|---|---|',
    ...Object.entries(defaultFields).map(([name, format]) => `| \`${name}\` | \`${format}\` |`),
    '',
    'The line of `emissary`:',
    '',
    `    ${emissaryLog.line}`,
    '',
    'The commands that a format may hold, between percent signs:',
    '',
    logCommands.map((command) => `\`${command}\``).join(', ') + '.',
    '',
  ].join('\n');
