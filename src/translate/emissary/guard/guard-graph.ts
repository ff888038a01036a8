import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import { remember } from '../../../collection/remember.ts';
import type { Work } from '../../../collection/work.ts';
import { refParts, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { AuthService } from '../../../kube/emissary/auth-service.ts';
import type { Module } from '../../../kube/emissary/module/module.ts';
import type { RateLimitService } from '../../../kube/emissary/rate-limit-service.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Troubles } from '../../contribution/troubles.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { governs, mayGovern } from '../governing.ts';
import { faultyFields, isRefusal, mayBeFor, type UnreadTables } from '../unread.ts';
import type { CompiledLimit } from '../limit/compile-limit.ts';
import { closureOf, type Closure } from './closure.ts';
import {
  isGuardKind,
  limitGuarding,
  moduleGuarding,
  unguarded,
  unreadGuarding,
  withheldLimitGuarding,
  type Guarding,
} from './guarding.ts';

/** What guards requests, and what is closed because of it. */
export interface GuardGraph {
  readonly rateLimits: Mapped<ObjectKey, CompiledLimit, Guarding>;
  readonly modules: Mapped<ObjectKey, Module, Guarding>;
  /** The objects of these kinds that are refused, by what is wrong with them. */
  readonly refused: Mapped<string, readonly Problem[], readonly ObjectRef[]>;
  /** The AuthServices and Modules that a quarantine withholds, and of which no good version is known. */
  readonly withheld: Mapped<ObjectRef, unknown, readonly ObjectRef[]>;
  /** What RateLimitServices guard that it withholds: they can be read. */
  readonly withheldLimits: Mapped<ObjectRef, unknown, Guarding>;
  readonly suspects: United<string, readonly ObjectRef[]>;
  readonly unread: Joined<string, readonly ObjectRef[], GuardTables, Guarding>;
  /** Those that may be AuthServices, all under the key `all`. */
  readonly unreadAuth: Grouped<string, Guarding, 'all', true>;
  /** Absent: nothing is closed. */
  readonly closure?: Closure;
}

interface GuardTables extends UnreadTables {
  readonly AuthService: AuthService;
  readonly RateLimitService: RateLimitService;
  readonly Module: Module;
}

/**
 * Finds out what guards requests and cannot be used. An object that could never be read
 * guards all that it could: whoever misspells a field does not let everybody in.
 */
export const guardGraph = (options: TranslateOptions) => {
  const { ambassadorId, serveUnguarded } = options;
  const isGoverning = mayGovern(options);
  const isOurs = governs(options);
  const settled = serveUnguarded === true ? unguarded : (guarding: Guarding) => guarding;

  const limitsOf = mapEach((limit: CompiledLimit, _: ObjectKey) => {
    const found = limitGuarding(limit);
    return found && settled(found);
  });
  const modulesOf = mapEach((module: Module, key: ObjectKey) =>
    isOurs(module, key) ? moduleGuarding(module) : undefined,
  );

  const withheldLimitsOf = mapEach((content: unknown, ref: ObjectRef) => {
    const [kind, key] = refParts(ref);
    if (kind !== 'RateLimitService') return undefined;
    const limit = content as RateLimitService;
    const found = isOurs(limit, key) ? withheldLimitGuarding(ref, limit) : undefined;
    return found && settled(found);
  });

  const unreadOf = joinEach(
    (refs: readonly ObjectRef[], _: string, read: Read<GuardTables>): Guarding | undefined => {
      const found = refs.flatMap((ref): readonly Guarding[] => {
        const [kind, key] = refParts(ref);
        if (!isGuardKind(kind) || !isGoverning(key) || read(kind, key) !== undefined) return [];
        return mayBeFor(ambassadorId, ref, read)
          ? [settled(unreadGuarding(kind, key, faultyFields(ref, read)))]
          : [];
      });
      return found.length === 0
        ? undefined
        : {
            guards: found.flatMap(({ guards }) => guards),
            problems: found.flatMap(({ problems }) => problems),
          };
    },
  );

  const closureFrom = remember(
    (...all: readonly Collection<string, Guarding>[]) =>
      closureOf(all.flatMap((one) => [...values(one)])),
    1,
  );

  return function* (
    previous: GuardGraph | undefined,
    { objects, problems, versions, withheld: kept }: SyncedStore,
    limits: Collection<ObjectKey, CompiledLimit>,
  ): Work<GuardGraph> {
    const rateLimits = yield* limitsOf(previous?.rateLimits, limits);
    const modules = yield* modulesOf(previous?.modules, objects.Module);
    const refused = yield* refusedOf(previous?.refused, problems);
    const { AuthService, RateLimitService, Module } = objects;
    const withheld = yield* withheldOf(previous?.withheld, kept);
    const withheldLimits = yield* withheldLimitsOf(previous?.withheldLimits, kept);
    const suspects = yield* union<string, readonly ObjectRef[]>(
      previous?.suspects,
      withheld.output,
      refused.output,
    );
    const unread = yield* unreadOf(previous?.unread, suspects.output, {
      ...{ AuthService, RateLimitService, Module },
      ...{ versions, faults: problems },
    });
    const unreadAuth = yield* authIn(previous?.unreadAuth, unread.output);
    const closure = closureFrom(
      ...[rateLimits.output, withheldLimits.output, modules.output, unread.output],
    );
    return {
      ...{ rateLimits, modules, refused, withheld, withheldLimits },
      ...{ suspects, unread, unreadAuth },
      ...(closure !== undefined && { closure }),
    };
  };
};

/** What the owners of guards are told, by step. */
export const troublesOfGuards = (guards: GuardGraph): readonly Troubles[] =>
  [guards.rateLimits, guards.withheldLimits, guards.modules, guards.unread].map(
    ({ output }) => output,
  );

const withheldOf = mapEach((_: unknown, ref: ObjectRef): readonly ObjectRef[] | undefined => {
  const [kind] = refParts(ref);
  return isGuardKind(kind) && kind !== 'RateLimitService' ? [ref] : undefined;
});

const authIn = groupBy(({ guards }: Guarding, _: string) =>
  guards.some(({ _tag }) => _tag === 'Auth') ? [['all', true as const] as const] : [],
);

const refusedOf = mapEach(
  (problems: readonly Problem[], _: string): readonly ObjectRef[] | undefined => {
    const refs = problems.flatMap((problem) =>
      isRefusal(problem) && isGuardKind(refParts(problem.object)[0]) ? [problem.object] : [],
    );
    return refs.length === 0 ? undefined : [...new Set(refs)];
  },
);
