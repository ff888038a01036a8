import * as t from 'io-ts';

import { dictionary } from '../codec/dictionary.ts';
import { HeaderName } from '../codec/header-name.ts';
import { HeaderValue } from '../codec/header-value.ts';
import { HostnameGlob } from '../codec/hostname-glob.ts';
import { integer } from '../codec/integer.ts';
import { list } from '../codec/list.ts';
import { Name, Path, pattern, Regex } from '../codec/text.ts';

const QueryParameterName = pattern(
  'the name of a query parameter, of 1 to 256 characters without NUL and line breaks',
  256,
  { source: '^[^\\x00\\r\\n]+$' },
);

/** The fields by which a Mapping says which requests it is for, beside `prefix`. */
export const mappingMatch = {
  prefix_regex: t.boolean,
  prefix_exact: t.boolean,
  case_sensitive: t.boolean,
  hostname: HostnameGlob,
  /** A host name, or a regular expression where `host_regex` says so. */
  host: Regex,
  host_regex: t.boolean,
  method: Regex,
  method_regex: t.boolean,
  headers: dictionary(HeaderName, HeaderValue),
  regex_headers: dictionary(HeaderName, Regex),
  query_parameters: dictionary(QueryParameterName, Path),
  regex_query_parameters: dictionary(QueryParameterName, Regex),
  v2BoolHeaders: list(Name),
  v2BoolQueryParameters: list(Name),
  precedence: integer(-2_147_483_648, 2_147_483_647),
};
