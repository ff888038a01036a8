import * as t from 'io-ts';

import { dictionary } from '../codec/dictionary.ts';
import { AddableHeaderName, RemovableHeaderName } from '../codec/header-name.ts';
import { HeaderValue } from '../codec/header-value.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';

/** A header to add, and whether its value is appended to one that is already there. */
const AddedHeader = struct(
  {},
  { append: t.boolean, v2Representation: oneOf('', 'string', 'null'), value: HeaderValue },
);

/** Headers to add, by name. */
export const AddedHeaders = dictionary(AddableHeaderName, AddedHeader);
export type AddedHeaders = t.TypeOf<typeof AddedHeaders>;

/** Headers to remove. */
export const RemovedHeaders = list(RemovableHeaderName);
export type RemovedHeaders = t.TypeOf<typeof RemovedHeaders>;
