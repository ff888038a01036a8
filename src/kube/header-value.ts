import type * as t from 'io-ts';

import { leaf } from './leaf.ts';

/** The value of a header: at most 4 KiB, and nothing that could begin another header. */
export const HeaderValue: t.Type<string, string, unknown> = leaf(
  'a header value of at most 4096 bytes without NUL and line breaks',
  (u): u is string => typeof u === 'string' && !/[\0\r\n]/.test(u) && Buffer.byteLength(u) <= 4096,
);
