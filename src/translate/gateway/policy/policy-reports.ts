import { values, type Collection } from '../../../collection/collection.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import { keyParts, objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import { gatewayGroup } from '../../../kube/gateway/references.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { KindOutcomes, ObjectOutcome } from '../../contribution/outcome.ts';
import type { ParentReport, ReportedCondition } from '../../contribution/report.ts';
import { seniority } from '../../contribution/seniority.ts';
import type { BackendService } from '../backend/backend-service.ts';
import { fails, holds } from '../report/condition.ts';
import { told } from '../report/told.ts';
import type { CompiledObject } from '../route/compiled-object.ts';
import type { CompiledPolicy, Target } from './compile-policy.ts';
import { policyUsers, type PolicyUsers } from './policy-users.ts';
import type { ServicePolicies } from './service-policies.ts';

/** What became of a policy. */
interface PolicyOutcome {
  readonly outcome: ObjectOutcome;
  readonly problems: readonly Problem[];
}

/** What the owners of BackendTLSPolicies are told. */
export interface PolicyReports {
  readonly users: PolicyUsers;
  readonly reports: Joined<ObjectKey, CompiledPolicy, ReportTables, PolicyOutcome>;
}

interface ReportTables {
  readonly services: BackendService;
  readonly inForce: ServicePolicies;
  /** The Gateways of each Service. */
  readonly users: Collection<string, ObjectKey>;
}

/** What policies are reported from. */
interface Reported {
  readonly policies: Collection<ObjectKey, CompiledPolicy>;
  readonly services: Collection<ObjectKey, BackendService>;
  readonly inForce: Collection<ObjectKey, ServicePolicies>;
  readonly http: Collection<ObjectKey, CompiledObject>;
  readonly grpc: Collection<ObjectKey, CompiledObject>;
}

/** Says what became of policies, with regard to each Gateway whose routes use their Services. */
export function* policyReports(
  previous: PolicyReports | undefined,
  { policies, services, inForce, http, grpc }: Reported,
): Work<PolicyReports> {
  const users = yield* policyUsers(previous?.users, { http, grpc });
  const reports = yield* reportEach(previous?.reports, policies, {
    services,
    inForce,
    users: users.gateways.output,
  });
  return { users, reports };
}

/** What became of the objects of the kind. */
export const policyOutcomes = (
  entries: Collection<ObjectKey, PolicyOutcome>,
): KindOutcomes<PolicyOutcome> => ({
  kind: 'BackendTLSPolicy',
  entries,
  outcomeOf: ({ outcome }) => outcome,
  parentsOf: () => [],
});

const reportEach = joinEach(
  (policy: CompiledPolicy, _: ObjectKey, read: Read<ReportTables>): PolicyOutcome => {
    const faults = policy.targets.flatMap((target) => targetFaults(policy, target, read));
    const problems = faults.map(({ problem }) => problem);
    const { resolvedRefs } = policy;
    const conditions = [accepted(policy, faults), ...(resolvedRefs ? [resolvedRefs] : [])];
    const services = [...new Set(policy.targets.map(({ service }) => service))];
    const gateways = [...new Set(services.flatMap((service) => gatewaysOf(service, read)))].sort();
    return {
      outcome: {
        inEffect: gateways.length > 0 && faults.length < policy.targets.length,
        ...(gateways.length > 0 && {
          report: { ancestors: gateways.slice(0, mostAncestors).map(ancestor(conditions)) },
        }),
      },
      problems: [...policy.problems, ...problems],
    };
  },
);

/** The API server takes no more. */
const mostAncestors = 16;

const gatewaysOf = (service: ObjectKey, read: Read<ReportTables>): readonly ObjectKey[] => {
  const gateways = read('users', service);
  return gateways === undefined ? [] : [...values(gateways)];
};

const ancestor =
  (conditions: readonly ReportedCondition[]) =>
  (gateway: ObjectKey): ParentReport => {
    const [namespace, name] = keyParts(gateway);
    return { parentRef: { group: gatewayGroup, kind: 'Gateway', namespace, name }, conditions };
  };

interface TargetFault {
  readonly reason: 'TargetNotFound' | 'Conflicted';
  readonly problem: Problem;
}

/** Why a policy is not in force for what it targets. */
const targetFaults = (
  { ref, created }: CompiledPolicy,
  { service, port, field }: Target,
  read: Read<ReportTables>,
): readonly TargetFault[] => {
  const at = { object: ref, field };
  const target = objectRef('Service', service);
  const found = read('services', service);
  if (found === undefined)
    return [{ reason: 'TargetNotFound', problem: { _tag: 'NotFound', ...at, target } }];
  if (port !== undefined && found.ports.every(({ name }) => name !== port))
    return [
      {
        reason: 'TargetNotFound',
        problem: {
          ...{ _tag: 'PortNotFound', ...at, target, port: JSON.stringify(port) },
          ports: found.ports.flatMap(({ name = [] }) => name).map((name) => JSON.stringify(name)),
        },
      },
    ];
  const winner = read('inForce', service)?.find((one) => one.port === port)?.policy;
  if (winner === undefined || winner.ref === ref) return [];
  const of = port === undefined ? target : `port ${JSON.stringify(port)} of ${target}`;
  const senior = { ...(created !== undefined && { created }) };
  return [
    {
      reason: 'Conflicted',
      problem: {
        _tag: 'Conflict',
        ...at,
        other: winner.ref,
        reason: `another policy is in force for ${of}, because it ${seniority(winner, senior)}`,
      },
    },
  ];
};

/** A policy that is not in force for one of its targets is not accepted. */
const accepted = (
  { refusal }: CompiledPolicy,
  faults: readonly TargetFault[],
): ReportedCondition => {
  const [fault] = faults;
  if (fault !== undefined)
    return fails('Accepted', {
      reason: fault.reason,
      message: told(faults.map(({ problem }) => problem)),
    });
  return refusal === undefined
    ? holds('Accepted', 'TLS is spoken to the Service as the policy says')
    : fails('Accepted', refusal);
};
