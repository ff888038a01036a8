import { definedOnly } from '../../../collection/defined-only.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Aged } from '../../contribution/seniority.ts';
import type { BackendLookup } from '../backend/backend-lookup.ts';
import type { BackendContext } from '../backend/resolve-backend.ts';
import type { RouteObject } from '../rule/compile-rules.ts';
import type { CompiledRules } from '../rule/compiled-route.ts';
import type { AttachedParent, AttachedRoute, TakingListener } from './attachment.ts';

/** An HTTPRoute or GRPCRoute with all that follows from it alone and from what it refers to. */
export interface CompiledObject extends Aged {
  readonly ref: ObjectRef;
  /** What became of its references to parents that are ours. */
  readonly parents: readonly AttachedParent[];
  /** The listeners that take it. */
  readonly listeners: readonly TakingListener[];
  /** Whether it is attached to them. If not, its requests fail there, so that no wider route takes them. */
  readonly isAccepted: boolean;
  /** Its rules, once for each certificate that its Gateways show to backends; mostly there is none. */
  readonly compiled: readonly RulesFor[];
  readonly problems: readonly Problem[];
}

/** Compiles the rules of an object; pure, but for what it looks up. */
export type CompileRules = (route: RouteObject, context: BackendContext) => CompiledRules;

/** Rules for Gateways that show this certificate to backends, or none. */
interface RulesFor {
  readonly certificate?: SecretName;
  readonly rules: CompiledRules;
}

/** Compiles the rules of a route for all its parents. */
export const compileObject =
  (compile: CompileRules) =>
  (
    { route, parents, listeners, problems }: AttachedRoute,
    key: ObjectKey,
    backends: BackendLookup,
  ): CompiledObject => {
    const certificates = new Set(parents.map(({ certificate }) => certificate));
    const compiled = Array.from(certificates, (clientCertificate): RulesFor => {
      const rules = compile(route, { backends, ...definedOnly({ clientCertificate }) });
      return { rules, ...definedOnly({ certificate: clientCertificate }) };
    });
    const ref = objectRef(route.kind, key);
    return {
      ref,
      ...definedOnly({ created: route.object.metadata.creationTimestamp }),
      parents,
      listeners,
      isAccepted: compiled.every(({ rules }) => rules.accepted === undefined),
      compiled,
      problems: [
        ...problems,
        ...parents.flatMap((parent) => rejectionOf(ref, parent)),
        ...unserved(ref, listeners),
        ...compiled.flatMap(({ rules }) => rules.problems),
      ],
    };
  };

/** The rules that count for a listener or parent. */
export const rulesFor = (
  compiled: readonly RulesFor[],
  { certificate }: Pick<TakingListener, 'certificate'>,
): RulesFor | undefined => compiled.find((one) => one.certificate === certificate);

/** Whether requests come to a route by a listener that takes it. */
export const isServed = ({ unserved: cause }: TakingListener): boolean => cause === undefined;

/** Of a route that one listener serves, nothing is said of the others. */
const unserved = (object: ObjectRef, listeners: readonly TakingListener[]): readonly Problem[] => {
  const causes = listeners.flatMap(({ unserved: cause }) => cause ?? []);
  if (causes.length === 0 || listeners.some(isServed)) return [];
  const distinct = [...new Map(causes.map((one) => [`${one.object} ${one.reason}`, one])).values()];
  return [{ _tag: 'NotServed', object, field: '', causes: distinct.slice(0, mostCauses) }];
};

/** As many listeners are named at most. */
const mostCauses = 3;

const rejectionOf = (
  object: ObjectRef,
  { rejection, index }: AttachedParent,
): readonly Problem[] =>
  rejection === undefined
    ? []
    : [
        {
          _tag: 'NotAttached',
          object,
          field: `spec.parentRefs[${index}]`,
          reason: rejection.message,
        },
      ];
