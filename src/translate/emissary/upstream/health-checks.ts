import { definedOnly } from '../../../collection/defined-only.ts';
import type { HealthCheck } from '../../../ir/health.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { SpecOn } from '../mapping/mapping-fields.ts';
import { headerValues } from './header-values.ts';

type Spec = Pick<SpecOn<'cluster'>, 'health_checks' | 'grpc'>;
type Written = NonNullable<Spec['health_checks']>[number];

/** The checks that are asked for and that Envoy can make; a service without a name of its own is asked for by `host`. */
export const healthChecks = (spec: Spec, host: string): readonly HealthCheck[] | undefined => {
  const made = (spec.health_checks ?? [])
    .filter((check) => faultOf(check, spec) === undefined)
    .map((check) => healthCheck(check, host));
  return made.length === 0 ? undefined : made;
};

const healthCheck = (check: Written, host: string): HealthCheck => ({
  timeout: within('timeout', check),
  interval: within('interval', check),
  unhealthyThreshold: within('unhealthy_threshold', check),
  healthyThreshold: within('healthy_threshold', check),
  probe: probe(check.health_check, host),
});

const probe = ({ http, grpc }: Written['health_check'], host: string): HealthCheck['probe'] =>
  http === undefined
    ? definedOnly<HealthCheck['probe'] & { readonly _tag: 'Grpc' }>({
        _tag: 'Grpc',
        service: grpc?.upstream_name,
        authority: grpc?.authority,
      })
    : {
        _tag: 'Http',
        path: http.path,
        host: http.hostname ?? host,
        headers: {
          add: headerValues(http.add_request_headers ?? {}),
          remove: http.remove_request_headers ?? [],
        },
        statuses: (http.expected_statuses ?? []).map(({ min, max }) => ({ from: min, to: max })),
      };

/** How often is asked, and how long is waited: what it is without being written, the least and the most. */
const bounds = {
  timeout: { usual: 3000, least: 1, most: 5000, said: 'a time from 1ms to 5s' },
  interval: { usual: 5000, least: 100, most: Infinity, said: 'a time of at least 100ms' },
  unhealthy_threshold: { usual: 2, least: 1, most: Infinity, said: 'at least 1' },
  healthy_threshold: { usual: 1, least: 1, most: Infinity, said: 'at least 1' },
} as const;

type Bounded = keyof typeof bounds;

const within = (field: Bounded, check: Written): number => {
  const { usual, least, most } = bounds[field];
  return Math.min(most, Math.max(least, check[field] ?? usual));
};

type Finding = readonly [field: string, expected: string, got: string];

/** What Envoy would refuse. */
const faultOf = ({ health_check: { http, grpc } }: Written, spec: Spec): Finding | undefined => {
  if (http !== undefined && !/^\/[!-~\u0080-\uffff]*$/.test(http.path))
    return [
      'health_check.http.path',
      'a path that begins with "/", without spaces; nothing is checked by it',
      JSON.stringify(http.path),
    ];
  if (grpc !== undefined && spec.grpc !== true)
    return ['health_check.grpc', 'grpc: true with it; nothing is checked by it', 'no grpc'];
  return undefined;
};

/**
 * What is wrong with the checks of an object. A time-out is bounded because Envoy takes no other change of
 * clusters before each endpoint of a new one has answered, or its time is over.
 */
export const healthCheckFaults = (
  object: ObjectRef,
  spec: Spec,
  isDiscovered: boolean,
): readonly Problem[] => {
  const { health_checks: checks } = spec;
  if (checks === undefined) return noProblems;
  const findings = isDiscovered
    ? checks.flatMap((check, i) =>
        findingsOf(check, spec).map(([field, ...rest]): Finding => [`[${i}].${field}`, ...rest]),
      )
    : [['', 'the endpoint resolver with it; nothing is checked', 'another one'] as const];
  return findings.map(([field, expected, got]) => ({
    _tag: 'InvalidField',
    object,
    field: `spec.health_checks${field}`,
    expected,
    got,
  }));
};

const findingsOf = (check: Written, spec: Spec): readonly Finding[] => {
  const fault = faultOf(check, spec);
  if (fault !== undefined) return [fault];
  return boundedFields
    .filter((field) => check[field] !== undefined && check[field] !== within(field, check))
    .map((field) => {
      const used = `${within(field, check)}${field.endsWith('threshold') ? '' : 'ms'}`;
      return [field, `${bounds[field].said}; ${used} is used`, `${check[field] ?? ''}`];
    });
};

const boundedFields = Object.keys(bounds) as readonly Bounded[];
