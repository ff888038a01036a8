import { commandsAllowed, headerCommand } from '../header/header-format.ts';

/**
 * What keeps a text from being the format of an access log, for people; absent if nothing does.
 *
 * Envoy refuses a listener for a command that it does not know. Commands that tell of the machine it is
 * on (`%ENVIRONMENT(…)%`, `%FILE_CONTENT(…)%`) are not taken.
 */
export const logFormatFault = (text: string): string | undefined => {
  if (lineBreaking.test(text)) return 'holds a control character';
  const [foreign] = /%[^%\s]*%?/.exec(text.replace(format, '')) ?? [];
  return foreign === undefined ? undefined : `holds ${foreign}, which is no command that is taken`;
};

/** Commands without an argument that are taken beside those of header values. */
const plainCommands: readonly string[] = [
  'ACCESS_LOG_TYPE',
  'BYTES_RECEIVED',
  'BYTES_SENT',
  'CONNECTION_TERMINATION_DETAILS',
  'DOWNSTREAM_HEADER_BYTES_RECEIVED',
  'DOWNSTREAM_HEADER_BYTES_SENT',
  'DOWNSTREAM_PEER_DNS_SAN',
  'DOWNSTREAM_PEER_FINGERPRINT_256',
  'DOWNSTREAM_PEER_ISSUER',
  'DOWNSTREAM_PEER_SERIAL',
  'DOWNSTREAM_PEER_SUBJECT',
  'DOWNSTREAM_PEER_URI_SAN',
  'DOWNSTREAM_TRANSPORT_FAILURE_REASON',
  'DOWNSTREAM_WIRE_BYTES_RECEIVED',
  'DOWNSTREAM_WIRE_BYTES_SENT',
  'FILTER_CHAIN_NAME',
  'HOSTNAME',
  'REQUEST_HEADERS_BYTES',
  'REQUEST_TX_DURATION',
  'RESPONSE_FLAGS_LONG',
  'RESPONSE_HEADERS_BYTES',
  'RESPONSE_TRAILERS_BYTES',
  'RESPONSE_TX_DURATION',
  'ROUNDTRIP_DURATION',
  'TRACE_ID',
  'UPSTREAM_CLUSTER_RAW',
  'UPSTREAM_CONNECTION_ID',
  'UPSTREAM_HEADER_BYTES_RECEIVED',
  'UPSTREAM_HEADER_BYTES_SENT',
  'UPSTREAM_LOCAL_ADDRESS',
  'UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT',
  'UPSTREAM_LOCAL_PORT',
  'UPSTREAM_PROTOCOL',
  'UPSTREAM_REQUEST_ATTEMPT_COUNT',
  'UPSTREAM_TLS_CIPHER',
  'UPSTREAM_TLS_VERSION',
  'UPSTREAM_TRANSPORT_FAILURE_REASON',
  'UPSTREAM_WIRE_BYTES_RECEIVED',
  'UPSTREAM_WIRE_BYTES_SENT',
  'CEL(xds.virtual_host_name)',
];

/** With the query or without it, as the client sent it or as the upstream gets it. */
const pathCommands: readonly string[] = ['WQ', 'NQ'].flatMap((query) => [
  `PATH(${query})`,
  ...['ORIG', 'PATH', 'ORIG_OR_PATH'].map((path) => `PATH(${query}:${path})`),
]);

/** The commands that a format of an access log may hold, as one writes them. */
export const logCommands: readonly string[] = [
  ...commandsAllowed,
  ...plainCommands,
  ...pathCommands,
  'TRAILER(name)',
];

const literal = (text: string): string => text.replace(/[().]/g, '\\$&');

const format = new RegExp(
  [
    headerCommand,
    `%(?:${[...plainCommands, ...pathCommands].map(literal).join('|')})%`,
    '%TRAILER\\([A-Za-z0-9_-]+\\)(?::[0-9]{1,4})?%',
  ].join('|'),
  'g',
);

const lineBreaking = /\p{Cc}/u;
