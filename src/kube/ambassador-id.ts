import * as t from 'io-ts';

import { list } from './list.ts';
import { Name } from './text.ts';

const Names = list(Name);

/** The installations an object is for; a bare string stands for a list of one. */
export const AmbassadorId = new t.Type<readonly string[], readonly string[], unknown>(
  'a list of strings',
  Names.is,
  (u, context) => Names.validate(typeof u === 'string' ? [u] : u, context),
  t.identity,
);
