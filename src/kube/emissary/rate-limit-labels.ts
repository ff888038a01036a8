import * as t from 'io-ts';

import { dictionary } from '../codec/dictionary.ts';
import { HeaderName } from '../codec/header-name.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';
import { Name } from '../codec/text.ts';

/** One entry of a rate-limit descriptor. */
export const Specifier = struct(
  {},
  {
    destination_cluster: struct({ key: oneOf('destination_cluster') }, {}),
    generic_key: struct({ value: Name }, { key: Name, v2Shorthand: t.boolean }),
    remote_address: struct({ key: oneOf('remote_address') }, {}),
    request_headers: struct(
      { header_name: HeaderName, key: Name },
      { omit_if_not_present: t.boolean },
    ),
    source_cluster: struct({ key: oneOf('source_cluster') }, {}),
  },
);

/** Rate-limit descriptors: by domain, a list of named groups of entries. */
export const RateLimitLabels = dictionary(t.string, list(dictionary(t.string, list(Specifier))));
export type RateLimitLabels = t.TypeOf<typeof RateLimitLabels>;
