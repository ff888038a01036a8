import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { TracingService } from '../../../kube/emissary/tracing-service.ts';
import type { Problem } from '../../../problem/problem.ts';

type Spec = TracingService['spec'];
type Finding = Problem | undefined;

/** What cannot be done of what a TracingService asks for, and what has no effect. */
export const tracingFaults = (object: ObjectRef, spec: Spec): readonly Problem[] => {
  const invalid = (field: string, expected: string, got: string): Problem => ({
    _tag: 'InvalidField',
    object,
    field: `spec.${field}`,
    expected,
    got,
  });
  const idle = (field: string, why: string): Problem => ({
    _tag: 'Note',
    object,
    field: `spec.${field}`,
    note: `no effect: ${why}`,
  });
  const { config = {}, custom_tags = [], driver, tag_headers = [] } = spec;
  if (driver === 'lightstep')
    return [
      invalid(
        'driver',
        'zipkin, datadog or opentelemetry; Envoy has no lightstep any more, so nothing is traced (Lightstep takes OpenTelemetry)',
        driver,
      ),
    ];
  const findings: readonly Finding[] = [
    config.collector_endpoint_version === 'HTTP_JSON_V1'
      ? invalid(
          'config.collector_endpoint_version',
          'HTTP_JSON or HTTP_PROTO; Envoy has no HTTP_JSON_V1, and HTTP_JSON is used',
          config.collector_endpoint_version,
        )
      : undefined,
    ...custom_tags.map((tag, i) => {
      const wrong = tagFault(tag);
      return wrong && invalid(`custom_tags[${i}]`, `${wrong[0]}; this tag is left out`, wrong[1]);
    }),
    ...custom_tags.map(({ tag }, i) =>
      custom_tags.findIndex((other) => other.tag === tag) < i
        ? invalid(`custom_tags[${i}].tag`, 'another name: a span has one tag of each', tag)
        : undefined,
    ),
    tag_headers.length > 0
      ? idle('tag_headers', 'custom_tags with request_header say which headers a span tells')
      : undefined,
    config.access_token_file === undefined
      ? undefined
      : idle('config.access_token_file', 'it was for lightstep'),
    config.collector_cluster === undefined
      ? undefined
      : idle('config.collector_cluster', 'spans are sent to spec.service'),
    ...foreignFields(driver)
      .filter((field) => config[field] !== undefined)
      .map((field) => idle(`config.${field}`, `it is not for ${driver}`)),
    ...(config.propagation_modes ?? []).map((mode, i) => {
      const why = propagationDoubt(driver, mode);
      return why === undefined ? undefined : idle(`config.propagation_modes[${i}]`, why);
    }),
  ];
  return findings.filter((finding) => finding !== undefined);
};

type Tag = NonNullable<Spec['custom_tags']>[number];

const tagFault = ({ tag, literal, environment, request_header }: Tag) => {
  const sources = [literal, environment, request_header].filter((one) => one !== undefined);
  if (sources.length !== 1)
    return [
      'exactly one of environment, literal, request_header',
      sources.length === 0 ? 'none' : 'more than one',
    ] as const;
  if (tag === '') return ['a name', '""'] as const;
  if (literal?.value === '') return ['a value of the literal', '""'] as const;
  return environment?.name === '' ? (['a name of the environment', '""'] as const) : undefined;
};

/** The fields that are for another driver. */
const foreignFields = (driver: Spec['driver']) => {
  const ofZipkin = [
    'collector_endpoint_version',
    'trace_id_128bit',
    'shared_span_context',
  ] as const;
  switch (driver) {
    case 'zipkin':
    case 'lightstep':
      return ['service_name'] as const;
    case 'datadog':
      return [...ofZipkin, 'collector_endpoint'] as const;
    case 'opentelemetry':
      return ofZipkin;
  }
};

/** Why a way to hand the trace on is not chosen: each driver has ways of its own. */
const propagationDoubt = (driver: Spec['driver'], mode: string): string | undefined => {
  switch (driver) {
    case 'zipkin':
    case 'lightstep':
      return mode === 'B3' || mode === 'TRACE_CONTEXT'
        ? undefined
        : 'zipkin hands traces on by B3, and by TRACE_CONTEXT where that is named';
    case 'datadog':
      return 'datadog hands traces on by its own headers and by TRACE_CONTEXT';
    case 'opentelemetry':
      return mode === 'TRACE_CONTEXT'
        ? undefined
        : 'opentelemetry hands traces on by TRACE_CONTEXT';
  }
};
