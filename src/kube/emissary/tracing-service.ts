import * as t from 'io-ts';

import { withCelRules } from '../codec/cel-rule.ts';
import { HeaderName } from '../codec/header-name.ts';
import { HeaderValue } from '../codec/header-value.ts';
import { integer } from '../codec/integer.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';
import { Address, Hostname, Name, Path, WholePath } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';

const Percentage = integer(0, 100);

const Config = struct(
  {},
  {
    access_token_file: Path,
    collector_cluster: Name,
    collector_endpoint: WholePath,
    collector_endpoint_version: oneOf('HTTP_JSON_V1', 'HTTP_JSON', 'HTTP_PROTO'),
    collector_hostname: Hostname,
    propagation_modes: list(oneOf('ENVOY', 'LIGHTSTEP', 'B3', 'TRACE_CONTEXT')),
    service_name: Name,
    shared_span_context: t.boolean,
    trace_id_128bit: t.boolean,
  },
);

const CustomTag = struct(
  { tag: Name },
  {
    environment: struct({ name: Name }, { default_value: HeaderValue }),
    literal: struct({ value: HeaderValue }, {}),
    request_header: struct({ name: HeaderName }, { default_value: HeaderValue }),
  },
);

const Spec = struct(
  { driver: oneOf('lightstep', 'zipkin', 'datadog', 'opentelemetry'), service: Address },
  {
    ambassador_id: AmbassadorId,
    config: withCelRules(Config, {
      rule:
        '!has(self.collector_endpoint_version) || ' +
        "self.collector_endpoint_version != 'HTTP_JSON_V1'",
      message: 'expected HTTP_JSON or HTTP_PROTO; Envoy has no HTTP_JSON_V1',
      fieldPath: '.collector_endpoint_version',
    }),
    custom_tags: list(
      withCelRules(CustomTag, {
        rule: '[has(self.environment), has(self.literal), has(self.request_header)].exists_one(x, x)',
        message: 'expected exactly one of environment, literal, request_header',
      }),
    ),
    sampling: struct({}, { client: Percentage, overall: Percentage, random: Percentage }),
    stats_name: Name,
    tag_headers: list(HeaderName),
  },
);

/** getambassador.io TracingService: where spans are sent to. */
export const TracingService = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: withCelRules(Spec, {
      rule: "self.driver != 'lightstep'",
      message: 'expected zipkin, datadog or opentelemetry; Envoy has no lightstep any more',
      fieldPath: '.driver',
    }),
  },
  {},
);
export type TracingService = t.TypeOf<typeof TracingService>;
