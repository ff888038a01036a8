/**
 * A header value as Envoy's substitution format, where only harmless commands are commands.
 *
 * Envoy reads `%COMMAND%` in the headers it adds. An unknown command would make it refuse the whole
 * route table, and some commands tell what the author of a route may not know (`%ENVIRONMENT(…)%`,
 * `%DYNAMIC_METADATA(…)%`). Whatever is not listed here arrives as it was written. `%%` is the
 * format's own way to write a percent sign and stays that.
 */
export const headerFormat = (value: string): string =>
  value.replace(formatOrPercent, (text) => (text === '%' ? '%%' : text));

/** Commands without an argument that tell no more than the request and the connection it came on. */
const plainCommands: readonly string[] = [
  'DOWNSTREAM_DIRECT_REMOTE_ADDRESS',
  'DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT',
  'DOWNSTREAM_LOCAL_ADDRESS',
  'DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT',
  'DOWNSTREAM_LOCAL_PORT',
  'DOWNSTREAM_REMOTE_ADDRESS',
  'DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT',
  'DOWNSTREAM_REMOTE_PORT',
  'DOWNSTREAM_TLS_CIPHER',
  'DOWNSTREAM_TLS_VERSION',
  'PROTOCOL',
  'START_TIME',
];

/** Commands whose argument is a header of the same exchange: `%REQ(NAME)%`, `%REQ(NAME?OTHER):10%`. */
const headerCommands: readonly string[] = ['REQ', 'RESP'];

const headerName = ':?[A-Za-z0-9_-]+';

/** What Envoy may read as its format, or a percent sign that it must not. */
const formatOrPercent = new RegExp(
  [
    '%%',
    `%(?:${plainCommands.join('|')})%`,
    `%(?:${headerCommands.join('|')})\\(${headerName}(?:\\?${headerName})?\\)(?::[0-9]{1,4})?%`,
    '%',
  ].join('|'),
  'g',
);
