/**
 * What the authority of a request must match as a whole so that a pattern matches its host name: in any case,
 * and with any port or none, as everywhere where host names are compared.
 *
 * Also `$` is the end of the name, so a port may follow there.
 */
export const hostPattern = (pattern: string): string =>
  `(?i:${pattern.replaceAll(tokens, withPort)})${port}`;

const withPort = (token: string): string => {
  if (token === '$') return `${port}$`;
  const isOpenQuote = token.startsWith('\\Q') && !token.endsWith('\\E');
  return isOpenQuote ? `${token}\\E` : token;
};

const port = '(?::[0-9]+)?';

/** What means something else together than each character alone: quotes, escapes, classes; and `$`. */
const tokens = /\\Q[^]*?(?:\\E|$)|\\[^]|\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]|\$/g;
