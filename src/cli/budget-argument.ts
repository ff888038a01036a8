import * as O from 'fp-ts/lib/Option.js';
import { pipe } from 'fp-ts/lib/function.js';

import { budgetOf, budgetParts, type Budget } from '../problem/budget.ts';
import { memoryLimit } from '../edge/process/memory-limit.ts';
import { argument } from './argument.ts';

/** The budget of each namespace where none is chosen. */
export const defaultBudget = (): Budget => budgetOf(memoryLimit());

/** Reads the budget of each namespace: what is not named is as in the default; with `off` nothing is bounded. */
export const budget: (text: string) => Budget = argument(
  `off, or with commas between them PART=NUMBER, where PART is one of ${budgetParts.join(', ')} and NUMBER may end with Ki, Mi or Gi`,
  (text) =>
    text.trim() === 'off'
      ? O.some(unbounded)
      : pipe(
          text.split(',').filter((one) => one.trim() !== ''),
          O.traverseArray(part),
          O.map((parts) => ({ ...defaultBudget(), ...Object.fromEntries(parts) })),
        ),
);

const most = Number.MAX_SAFE_INTEGER;

const unbounded: Budget = { bytes: most, objects: most, routes: most, regex: most };

const part = (text: string): O.Option<readonly [string, number]> => {
  const [name = '', amount = '', ...more] = text.trim().split('=');
  const number = amountOf(amount);
  return budgetParts.some((known) => known === name) && more.length === 0 && number > 0
    ? O.some([name, number])
    : O.none;
};

/** A whole number as Kubernetes writes quantities; 0 for what is none. */
const amountOf = (text: string): number => {
  const [, digits = '0', unit = ''] = /^([0-9]{1,12})(Ki|Mi|Gi)?$/.exec(text) ?? [];
  return Number(digits) * 1024 ** ['', 'Ki', 'Mi', 'Gi'].indexOf(unit);
};

/** Reads a size in bytes. */
export const byteCount: (text: string) => number = argument(
  'a number of bytes, which may end with Ki, Mi or Gi',
  (text) =>
    pipe(
      O.some(amountOf(text.trim())),
      O.filter((bytes) => bytes > 0),
    ),
);
