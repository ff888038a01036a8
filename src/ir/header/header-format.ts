/**
 * A header value as Envoy's substitution format, where only harmless commands are commands.
 *
 * Envoy reads `%COMMAND%` in the headers it adds. An unknown command would make it refuse the whole
 * route table, and some commands tell what the author of a route may not know (`%ENVIRONMENT(…)%`,
 * `%FILE_CONTENT(…)%`). Whatever is not listed here arrives as it was written. `%%` is the format's
 * own way to write a percent sign and stays that.
 */
export const headerFormat = (value: string): string =>
  value.replace(formatOrPercent, (text) => (text === '%' ? '%%' : text));

/**
 * What stands in a header value like a command and is none that is listed, up to its arguments;
 * absent if there is none.
 */
export const foreignCommand = (value: string): string | undefined =>
  decodedTwice.exec(value)?.[0] ??
  [...value.matchAll(formatOrForeign)].find(([, foreign]) => foreign !== undefined)?.[1];

/** Commands without an argument: they tell of the request, its connection, and what became of it. */
const plainCommands: readonly string[] = [
  'CONNECTION_ID',
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
  'DURATION',
  'PROTOCOL',
  'REQUESTED_SERVER_NAME',
  'REQUEST_DURATION',
  'RESPONSE_CODE',
  'RESPONSE_CODE_DETAILS',
  'RESPONSE_DURATION',
  'RESPONSE_FLAGS',
  'ROUTE_NAME',
  'START_TIME',
  'STREAM_ID',
  'UPSTREAM_CLUSTER',
  'UPSTREAM_HOST',
  'UPSTREAM_REMOTE_ADDRESS',
  'UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT',
  'UPSTREAM_REMOTE_PORT',
];

/** Commands whose argument is a header of the same exchange: `%REQ(NAME)%`, `%REQ(NAME?OTHER):10%`. */
const headerCommands: readonly string[] = ['REQ', 'RESP'];

/** The commands that a header value may hold, as one writes them. */
export const commandsAllowed: readonly string[] = [
  ...plainCommands,
  ...headerCommands.map((name) => `${name}(header?other):length`),
  'START_TIME(format)',
];

const headerName = ':?[A-Za-z0-9_-]+';

/** Of `strftime`, without what makes a line break (`%n`), and Envoy's parts of a second. */
const timeFormat = '(?:[A-Za-z0-9 ,.:/_+-]|%(?:[1-9]?[fs]|[aAbBdDeFHIjmMpRSTuyYzZ]))+';

/** What Envoy may read as its format, as the source of a regular expression. */
export const headerCommand: string = [
  '%%',
  `%(?:${plainCommands.join('|')})%`,
  `%(?:${headerCommands.join('|')})\\(${headerName}(?:\\?${headerName})?\\)(?::[0-9]{1,4})?%`,
  `%START_TIME\\(${timeFormat}\\)%`,
].join('|');

const formatOrPercent = new RegExp(`${headerCommand}|%`, 'g');

/** A name of two signs is no command: `%C3%A9` is a letter in a URL. */
const formatOrForeign = new RegExp(`${headerCommand}|(%[A-Z][A-Z0-9_]{2,})(?=%|\\(|:[0-9]+%)`, 'g');

/**
 * Envoy's older way to read header values, which ours do not use (`layered-runtime.ts`), decodes
 * the JSON in these before it looks for commands, however many percent signs there are. Without the
 * look-behind every capital would be a beginning, which takes the square of a text of capitals.
 */
const decodedTwice = /(?<![A-Z])[A-Z]+_METADATA\(\s*\[|PER_REQUEST_STATE\(/;
