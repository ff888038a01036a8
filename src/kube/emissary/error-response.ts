import * as t from 'io-ts';

import { dictionary } from '../codec/dictionary.ts';
import { HeaderValue } from '../codec/header-value.ts';
import { integer } from '../codec/integer.ts';
import { leaf } from '../codec/leaf.ts';
import { struct } from '../codec/struct.ts';
import { Path } from '../codec/text.ts';

/** A page, which can have many lines. */
const PageText: t.Type<string, string, unknown> = leaf(
  'a text of at most 16384 characters without NUL',
  { type: 'string', maxLength: 16_384, pattern: '^[^\\x00]*$' },
);

/** What is answered instead of an upstream's error. */
export const ErrorResponse = struct(
  {
    on_status_code: integer(400, 599),
    body: struct(
      {},
      {
        content_type: HeaderValue,
        json_format: dictionary(t.string, PageText),
        text_format: PageText,
        text_format_source: struct({}, { filename: Path }),
      },
    ),
  },
  {},
);
export type ErrorResponse = t.TypeOf<typeof ErrorResponse>;
