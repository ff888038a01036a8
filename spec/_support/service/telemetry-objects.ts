import * as fc from 'fast-check';

import { aGuard, type Manifest } from '../world/builders.ts';

/** Where LogServices and TracingServices send what they tell; some of it cannot be reached. */
const service = fc.constantFrom('web', 'sink:4317', 'https://sink', 'not an address');

/** Labels of Mappings, of two domains; some ask for nothing. */
export const limitLabels = fc.constantFrom(
  {},
  { ambassador: [] },
  { ambassador: [{ all: [{ remote_address: { key: 'remote_address' } }] }] },
  {
    other: [{ one: [{ generic_key: { value: 'a' } }] }, { two: [{ generic_key: { value: 'b' } }] }],
  },
);

/** RateLimitServices of two domains, of which some cannot be asked. */
export const limitServices = fc
  .tuple(
    fc.constantFrom('default/limits', 'shop/limits'),
    fc.record(
      {
        service,
        domain: fc.constantFrom('ambassador', 'other'),
        failure_mode_deny: fc.boolean(),
        protocol_version: fc.constantFrom('v2', 'v3'),
        timeout_ms: fc.constantFrom(20, 40),
      },
      { requiredKeys: ['service'], noNullPrototype: true },
    ),
  )
  .map(([key, spec]): Manifest => aGuard('RateLimitService', key, spec));

/** LogServices and TracingServices, of which some cannot be called. */
export const observers = fc
  .tuple(
    fc.constantFrom('default', 'shop'),
    service,
    fc.constantFrom(
      { kind: 'LogService', driver: 'http', driver_config: {}, grpc: true },
      { kind: 'LogService', driver: 'tcp', driver_config: {}, grpc: true },
      { kind: 'TracingService', driver: 'zipkin' },
      { kind: 'TracingService', driver: 'opentelemetry', sampling: { random: 7 } },
      { kind: 'TracingService', driver: 'lightstep' },
    ),
  )
  .map(([space, to, { kind, ...spec }]): Manifest =>
    aGuard(kind, `${space}/observer`, { service: to, ...spec }),
  );
