import * as t from 'io-ts';

import { dictionary } from '../codec/dictionary.ts';
import { HeaderValue } from '../codec/header-value.ts';
import { integer } from '../codec/integer.ts';
import { struct } from '../codec/struct.ts';
import { Path } from '../codec/text.ts';

/** What is answered instead of an upstream's error. */
export const ErrorResponse = struct(
  {
    on_status_code: integer(400, 599),
    body: struct(
      {},
      {
        content_type: HeaderValue,
        json_format: dictionary(t.string, t.string),
        text_format: t.string,
        text_format_source: struct({}, { filename: Path }),
      },
    ),
  },
  {},
);
export type ErrorResponse = t.TypeOf<typeof ErrorResponse>;
