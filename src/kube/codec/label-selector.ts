import * as t from 'io-ts';

import { dictionary } from './dictionary.ts';
import { list } from './list.ts';
import { strict } from './strict.ts';
import { struct } from './struct.ts';

/** Chooses objects by their labels. */
export const LabelSelector = strict(
  struct(
    {},
    {
      matchLabels: dictionary(t.string, t.string),
      matchExpressions: list(
        strict(struct({ key: t.string, operator: t.string }, { values: list(t.string) })),
      ),
    },
  ),
);
export type LabelSelector = t.TypeOf<typeof LabelSelector>;
