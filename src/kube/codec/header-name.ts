import type * as t from 'io-ts';

import { framingHeaders } from '../../ir/header/framing-headers.ts';
import { reservedPrefixes } from '../../ir/header/reserved-header.ts';
import { leaf } from './leaf.ts';

/** RFC 9110. */
const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";

/** Matches a name in upper or lower case without a flag: patterns of OpenAPI have no flags. */
const anyCase = (name: string): string =>
  name.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`);

const named = (expected: string, allowed: string, not?: string): t.Type<string, string, unknown> =>
  leaf(`a header name (an RFC 9110 token of at most 256 characters)${expected}`, {
    type: 'string',
    maxLength: 256,
    pattern: `^${allowed}$`,
    ...(not === undefined ? {} : { not: { pattern: `^(${anyCase(not)})$` } }),
  });

/** The name of a header that is compared or mentioned: a pseudo-header is one too. */
export const HeaderName = named(
  ' or a pseudo-header',
  `(${token}|:(${['authority', 'method', 'path', 'protocol', 'scheme'].map(anyCase).join('|')}))`,
);

/** The name of a header that is removed: Envoy refuses to remove Host. */
export const RemovableHeaderName = named(' other than Host', token, 'host');

/** The name of a header that is added: not Host, none that frames messages, none that only Envoy sets. */
export const AddableHeaderName = named(
  ' that is not Host, does not frame messages or connections, and does not begin with x-envoy or x-headgate',
  token,
  ['host', ...framingHeaders, ...reservedPrefixes.map((prefix) => `${prefix}.*`)].join('|'),
);
