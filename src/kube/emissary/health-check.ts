import type * as t from 'io-ts';

import { refined, withCelRules } from '../codec/cel-rule.ts';
import { Duration } from '../codec/duration.ts';
import { Count, integer } from '../codec/integer.ts';
import { list } from '../codec/list.ts';
import { struct } from '../codec/struct.ts';
import { Hostname, Name, Path } from '../codec/text.ts';
import { AddedHeaders, RemovedHeaders } from './header-mutation.ts';

/** Statuses that count as healthy; both ends included. */
const StatusRange = withCelRules(struct({ min: integer(100, 599), max: integer(100, 599) }, {}), {
  rule: 'self.min <= self.max',
  message: 'expected no min above max',
  fieldPath: '.min',
});

const HttpCheck = struct(
  { path: Path },
  {
    hostname: Hostname,
    add_request_headers: AddedHeaders,
    remove_request_headers: RemovedHeaders,
    expected_statuses: list(StatusRange),
  },
);

const GrpcCheck = struct({ upstream_name: Name }, { authority: Hostname });

/** How it is found out whether an upstream still serves. */
export const HealthCheck = struct(
  {
    health_check: refined(
      struct({}, { http: HttpCheck, grpc: GrpcCheck }),
      ({ http, grpc }) => (http === undefined) !== (grpc === undefined),
      'an object with exactly one of http and grpc',
      'has(self.http) != has(self.grpc)',
    ),
  },
  { healthy_threshold: Count, interval: Duration, timeout: Duration, unhealthy_threshold: Count },
);
export type HealthCheck = t.TypeOf<typeof HealthCheck>;
