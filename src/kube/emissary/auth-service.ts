import * as t from 'io-ts';

import { withCelRules } from '../codec/cel-rule.ts';
import { dictionary } from '../codec/dictionary.ts';
import { AddableHeaderName, HeaderName } from '../codec/header-name.ts';
import { HeaderValue } from '../codec/header-value.ts';
import { Count, integer, Milliseconds } from '../codec/integer.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';
import { Address, Name, WholePath } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { ExplicitTls } from './explicit-tls.ts';

/** What an AuthService says of itself. */
export const AuthSpec = struct(
  { auth_service: Address },
  {
    add_auth_headers: dictionary(AddableHeaderName, HeaderValue),
    add_linkerd_headers: t.boolean,
    allow_request_body: t.boolean,
    allowed_authorization_headers: list(HeaderName),
    allowed_request_headers: list(HeaderName),
    ambassador_id: AmbassadorId,
    circuit_breakers: list(CircuitBreaker),
    failure_mode_allow: t.boolean,
    include_body: struct({ allow_partial: t.boolean, max_bytes: Count }, {}),
    path_prefix: WholePath,
    proto: oneOf('http', 'grpc'),
    protocol_version: oneOf('v2', 'v3'),
    stats_name: Name,
    status_on_error: struct({}, { code: integer(100, 599) }),
    timeout_ms: Milliseconds,
    tls: Name,
    v2ExplicitTLS: ExplicitTls,
  },
);

/** getambassador.io AuthService: who is asked whether a request may pass. */
export const AuthService = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: withCelRules(AuthSpec, {
      rule:
        "!has(self.proto) || self.proto != 'grpc' || " +
        "(has(self.protocol_version) && self.protocol_version == 'v3')",
      message: 'expected v3 with proto grpc; there is no other protocol_version',
      fieldPath: '.protocol_version',
    }),
  },
  {},
);
export type AuthService = t.TypeOf<typeof AuthService>;

export type AuthSpec = t.TypeOf<typeof AuthSpec>;

/** The fields of an AuthService where another object has them; absent if they are none. */
export const authSpecOf = (fields: unknown): AuthSpec | undefined => {
  const read = AuthSpec.decode(fields);
  return read._tag === 'Right' ? read.right : undefined;
};
