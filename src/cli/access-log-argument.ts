import { InvalidArgumentError } from 'commander';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';

import {
  defaultFields,
  defaultLog,
  emissaryLog,
  type AccessLog,
} from '../ir/access-log/access-log.ts';
import { logFormatFault } from '../ir/access-log/log-format.ts';

/**
 * Reads what is written down of requests: `off`, `json`, `emissary`, a line of text with commands, or the
 * fields that JSON objects have beside the usual ones, or (`null`) have not.
 */
export const accessLog = (text: string): AccessLog | 'off' => {
  switch (text.trim()) {
    case 'off':
      return 'off'; // of an option, commander makes '' out of undefined
    case 'json':
      return defaultLog;
    case 'emissary':
      return emissaryLog;
  }
  return text.trimStart().startsWith('{') ? withFields(text) : lineOf(text);
};

const lineOf = (line: string): AccessLog => {
  if (!line.includes('%'))
    throw new InvalidArgumentError(
      'expected off, json, emissary, a JSON object of fields, or a line of text with commands such as %PROTOCOL%.',
    );
  return { _tag: 'Text', line: checked(line, 'it') };
};

const withFields = (text: string): AccessLog => {
  const given = pipe(
    E.tryCatch(() => JSON.parse(text) as Readonly<Record<string, unknown>>, E.toError),
    E.getOrElse(({ message }): Readonly<Record<string, unknown>> => {
      throw new InvalidArgumentError(`expected a JSON object of fields: ${message}.`);
    }),
  );
  const asked = Object.entries(given).map(([name, format]) => [name, formatOf(name, format)]);
  const fields = Object.entries({ ...defaultFields, ...Object.fromEntries(asked) }).filter(
    (field): field is [string, string] => field[1] !== null,
  );
  if (fields.length === 0)
    throw new InvalidArgumentError('expected at least one field to be left.');
  return { _tag: 'Json', fields: Object.fromEntries(fields) };
};

const formatOf = (name: string, format: unknown): string | null => {
  if (!/^[\w.@-]{1,63}$/.test(name))
    throw new InvalidArgumentError(
      `expected names of letters, digits and any of _ . @ -, at most 63, found ${JSON.stringify(name)}.`,
    );
  if (format === null || format === '') return null;
  if (typeof format !== 'string')
    throw new InvalidArgumentError(
      `expected a text with commands, or null to leave it out, in ${JSON.stringify(name)}.`,
    );
  return checked(format, JSON.stringify(name));
};

const checked = (format: string, what: string): string => {
  const fault = logFormatFault(format);
  if (fault === undefined) return format;
  throw new InvalidArgumentError(
    `${what} ${fault}; docs/reference/access-log.md lists the commands, and %% stands for a percent sign.`,
  );
};
