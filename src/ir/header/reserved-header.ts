/**
 * How the names of headers begin that only Envoy and Headgate set. Servers that know headers as
 * variables (CGI, WSGI) read a name with underscores as the one with dashes.
 */
export const reservedPrefixes: readonly string[] = [
  'x-envoy',
  'x_envoy',
  'x-headgate',
  'x_headgate',
];
