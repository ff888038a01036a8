import { definedOnly } from '../../../collection/defined-only.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { LogService } from '../../../ir/access-log/log-service.ts';
import type { Cluster } from '../../../ir/cluster.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { LogService as LogServiceObject } from '../../../kube/emissary/log-service.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { oldProtocol } from '../protocol-version.ts';
import { serviceUpstream } from '../upstream/service-upstream.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';

/** A LogService compiled; without a service where it cannot be called. */
export interface CompiledLogService {
  readonly service?: LogService;
  readonly cluster?: Cluster;
  readonly problems: readonly Problem[];
}

type Spec = LogServiceObject['spec'];

/** Compiles LogServices. Where an interval or a header cannot be used, the rest of it is in force. */
export const compileLogService = (options: TranslateOptions) => {
  const upstream = serviceUpstream(options);
  return (
    { metadata, spec }: LogServiceObject,
    key: ObjectKey,
    read: Read<UpstreamTables>,
  ): CompiledLogService => {
    const ref = objectRef('LogService', key);
    const faults = logServiceFaults(ref, spec);
    const { service, stats_name } = spec;
    if (service === undefined) return { problems: [noService(ref), ...faults] };
    const sent = definedOnly({ service, stats_name, grpc: true });
    const found = upstream({ ref, field: 'spec.service', spec: sent }, read);
    const old = oldProtocol(ref, spec);
    const problems = [...old, ...found.problems, ...faults];
    if (found.cluster === undefined || old.length > 0) return { problems };
    return {
      cluster: found.cluster,
      service: {
        name: metadata.name,
        cluster: found.cluster.name,
        tells: tells(spec),
        flushInterval: (spec.flush_interval_time ?? 0) * 1000 || usualInterval,
        bufferBytes: spec.flush_interval_byte_size ?? usualBytes,
        from: [ref],
      },
      problems: problems.length === 0 ? noProblems : problems,
    };
  };
};

/** What Emissary and Envoy take where nothing is said. */
const usualInterval = 1000;
const usualBytes = 16_384;

/** A header is told of wherever it can be, unless something else is said. */
const tells = ({ driver, driver_config }: Spec): LogService['tells'] => {
  if (driver !== 'http') return { _tag: 'Connections' };
  const headers = driver_config?.additional_log_headers ?? [];
  const during = (part: (typeof parts)[number]) =>
    headers.flatMap((header) =>
      header.header_name === undefined || header[part] === false ? [] : [header.header_name],
    );
  return {
    _tag: 'Requests',
    requestHeaders: during('during_request'),
    responseHeaders: during('during_response'),
    trailers: during('during_trailer'),
  };
};

const parts = ['during_request', 'during_response', 'during_trailer'] as const;

const noService = (object: ObjectRef): Problem => ({
  _tag: 'InvalidField',
  object,
  field: 'spec.service',
  expected: 'the service that is told of requests; without it this LogService has no effect',
  got: 'nothing',
});

const logServiceFaults = (object: ObjectRef, spec: Spec): readonly Problem[] => {
  const invalid = (field: string, expected: string, got: string): Problem => ({
    _tag: 'InvalidField',
    object,
    field: `spec.${field}`,
    expected,
    got,
  });
  const headers = spec.driver_config?.additional_log_headers ?? [];
  const faults = headers.flatMap(({ header_name, ...during }, i): readonly Problem[] =>
    parts.every((part) => during[part] === false)
      ? [
          {
            _tag: 'Note',
            object,
            field: `spec.driver_config.additional_log_headers[${i}]`,
            note: `no effect: ${parts.join(', ')} are false`,
          },
        ]
      : header_name === undefined
        ? [
            invalid(
              `driver_config.additional_log_headers[${i}].header_name`,
              'a header name; this entry has no effect',
              'nothing',
            ),
          ]
        : noProblems,
  );
  if (headers.length > 0 && spec.driver !== 'http')
    faults.push(
      invalid(
        'driver_config.additional_log_headers',
        'driver http with it; connections have no headers, so it has no effect',
        spec.driver ?? 'no driver, which is tcp',
      ),
    );
  if (spec.flush_interval_time === 0)
    faults.push(invalid('flush_interval_time', '1 or more seconds; 1 is used', '0'));
  if (spec.grpc === false)
    faults.push({
      _tag: 'Note',
      object,
      field: 'spec.grpc',
      note: 'no effect: log services speak gRPC',
    });
  return faults;
};
