import * as t from 'io-ts';

import { withCelRules } from '../codec/cel-rule.ts';
import { HeaderName } from '../codec/header-name.ts';
import { Count } from '../codec/integer.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';
import { Address, Name } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';

const LoggedHeader = struct(
  {},
  {
    during_request: t.boolean,
    during_response: t.boolean,
    during_trailer: t.boolean,
    header_name: HeaderName,
  },
);

const Spec = struct(
  {},
  {
    ambassador_id: AmbassadorId,
    driver: oneOf('tcp', 'http'),
    driver_config: struct({}, { additional_log_headers: list(LoggedHeader) }),
    flush_interval_byte_size: Count,
    flush_interval_time: Count,
    grpc: t.boolean,
    protocol_version: oneOf('v2', 'v3'),
    service: Address,
    stats_name: Name,
  },
);

/** getambassador.io LogService: where accesses are logged to. */
export const LogService = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: withCelRules(
      Spec,
      {
        rule: "!has(self.protocol_version) || self.protocol_version == 'v3'",
        message: 'expected v3; there is no other protocol_version',
        fieldPath: '.protocol_version',
      },
      {
        rule:
          "!has(self.driver) || self.driver != 'tcp' || !has(self.driver_config) || " +
          '!has(self.driver_config.additional_log_headers) || ' +
          'size(self.driver_config.additional_log_headers) == 0',
        message: 'expected no additional_log_headers with driver tcp',
        fieldPath: '.driver_config',
      },
    ),
  },
  {},
);
export type LogService = t.TypeOf<typeof LogService>;
