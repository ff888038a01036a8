import type * as t from 'io-ts';

import { leaf } from './leaf.ts';

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,256}$/;
const pseudo: ReadonlySet<string> = new Set([
  ':authority',
  ':method',
  ':path',
  ':protocol',
  ':scheme',
]);

/** Headers that delimit messages or belong to one connection: adding them would corrupt either. */
const framing: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const named = (
  expected: string,
  allows: (lowerCase: string) => boolean,
): t.Type<string, string, unknown> =>
  leaf(
    `a header name (an RFC 9110 token of at most 256 characters)${expected}`,
    (u): u is string => typeof u === 'string' && u.length <= 256 && allows(u.toLowerCase()),
  );

/** The name of a header that is only mentioned. */
export const HeaderName = named('', (name) => token.test(name));

/** The name of a header that is compared: a pseudo-header is one too. */
export const MatchedHeaderName = named(
  ' or a pseudo-header',
  (name) => token.test(name) || pseudo.has(name),
);

/** The name of a header that is removed: Envoy refuses to remove Host. */
export const RemovableHeaderName = named(
  ' other than Host',
  (name) => token.test(name) && name !== 'host',
);

/** The name of a header that is added: not Host, and none that frames messages. */
export const AddableHeaderName = named(
  ' that is not Host and does not frame messages or connections',
  (name) => token.test(name) && name !== 'host' && !framing.has(name),
);
