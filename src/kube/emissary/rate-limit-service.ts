import * as t from 'io-ts';

import { withCelRules } from '../codec/cel-rule.ts';
import { Milliseconds } from '../codec/integer.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';
import { Address, Name } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';
import { ExplicitTls } from './explicit-tls.ts';

const Spec = struct(
  { service: Address },
  {
    ambassador_id: AmbassadorId,
    domain: Name,
    failure_mode_deny: t.boolean,
    grpc: struct({}, { use_resource_exhausted_code: t.boolean }),
    protocol_version: oneOf('v2', 'v3'),
    stats_name: Name,
    timeout_ms: Milliseconds,
    tls: Name,
    v2ExplicitTLS: ExplicitTls,
  },
);

/** getambassador.io RateLimitService: who is asked whether there are too many requests. */
export const RateLimitService = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: withCelRules(Spec, {
      rule: "!has(self.protocol_version) || self.protocol_version == 'v3'",
      message: 'expected v3; there is no other protocol_version',
      fieldPath: '.protocol_version',
    }),
  },
  {},
);
export type RateLimitService = t.TypeOf<typeof RateLimitService>;
