import * as t from 'io-ts';

import { HeaderValue } from '../codec/header-value.ts';
import { list } from '../codec/list.ts';
import { struct } from '../codec/struct.ts';
import { pattern } from '../codec/text.ts';

/** Cross-origin resource sharing. */
export const Cors = struct(
  {},
  {
    origins: list(HeaderValue),
    methods: list(HeaderValue),
    headers: list(HeaderValue),
    exposed_headers: list(HeaderValue),
    credentials: t.boolean,
    max_age: pattern('a number of seconds, as a string', 10, /^[0-9]*$/),
    v2CommaSeparatedOrigins: t.boolean,
  },
);
export type Cors = t.TypeOf<typeof Cors>;
