import type {
  AccessLog as AccessLogMessage,
  AccessLogFilter,
  SubstitutionFormatString,
} from '../../../proto/envoy.ts';
import { remember } from '../../collection/remember.ts';
import type { AccessLog } from '../../ir/access-log/access-log.ts';
import { any } from '../message/encode.ts';

/** What writes down each request of a chain, or each connection that it passes on. */
export const accessLog = (log: AccessLog | undefined): readonly AccessLogMessage[] =>
  log === undefined ? none : written(log);

/**
 * What writes down connections that get no further: no filter chain is for them, or their handshake
 * fails. A line of text would have nothing but dashes to say of them.
 */
export const refusedConnections = (log: AccessLog | undefined): readonly AccessLogMessage[] =>
  log?._tag === 'Json' ? written(log).map((one) => ({ ...one, filter: isRefused })) : none;

const none: readonly AccessLogMessage[] = [];

/** All listeners share one log; Envoy checks what is sent in JSON and escapes it. */
const written = remember((log: AccessLog): readonly AccessLogMessage[] => [
  log.to === undefined
    ? {
        name: 'envoy.access_loggers.stdout',
        typed_config: any('envoy.extensions.access_loggers.stream.v3.StdoutAccessLog', {
          log_format: formatOf(log),
        }),
      }
    : {
        name: 'envoy.access_loggers.file',
        typed_config: any('envoy.extensions.access_loggers.file.v3.FileAccessLog', {
          path: log.to,
          log_format: formatOf(log),
        }),
      },
]);

/** Sorted, so that equal logs have equal bytes; Envoy writes the fields in this order as well. */
const formatOf = (log: AccessLog): SubstitutionFormatString =>
  log._tag === 'Text'
    ? { text_format_source: { inline_string: `${log.line}\n` } }
    : {
        json_format: {
          fields: Object.fromEntries(
            Object.entries(log.fields)
              .toSorted(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, format]) => [name, { stringValue: format }]),
          ),
        },
      };

const isRefused: AccessLogFilter = {
  or_filter: {
    filters: [
      { response_flag_filter: { flags: ['NR'] } },
      {
        extension_filter: {
          name: 'envoy.access_loggers.extension_filters.cel',
          typed_config: any('envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter', {
            expression: "connection.tls_version != '' && connection.transport_failure_reason != ''",
          }),
        },
      },
    ],
  },
};
