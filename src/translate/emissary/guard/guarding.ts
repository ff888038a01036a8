import { keyParts, objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { authModule, gatewayModule, type Module } from '../../../kube/emissary/module/module.ts';
import type { RateLimitService } from '../../../kube/emissary/rate-limit-service.ts';
import type { CompiledLimit } from '../limit/compile-limit.ts';
import { usualDomain } from '../limit/usual-domain.ts';
import type { GuardEffect, Problem } from '../../../problem/problem.ts';

/** Requests that an object guards: they are answered 503, because it cannot be used. */
export type Guard =
  /** All of them. */
  | { readonly _tag: 'All' }
  /** Those of Mappings without `bypass_auth`, which its filter keeps out (`auth`). */
  | { readonly _tag: 'Auth' }
  /** Those of Mappings with labels of a domain; absent: of the default domain. */
  | { readonly _tag: 'Labels'; readonly domain?: string }
  /** Those of Mappings with any labels: the domain is not known. */
  | { readonly _tag: 'AnyLabels' };

/** What an object guards, and what its owner is told. */
export interface Guarding {
  /** A Module says which domain is meant where none is named. */
  readonly labelDomain?: string;
  readonly guards: readonly Guard[];
  readonly problems: readonly Problem[];
}

/** The kinds whose objects can guard requests. */
type GuardKind = 'AuthService' | 'RateLimitService' | 'Module';

/** Whether objects of a kind can guard requests. */
export const isGuardKind = (kind: string): kind is GuardKind =>
  kind === 'AuthService' || kind === 'RateLimitService' || kind === 'Module';

/** A RateLimitService that cannot be asked guards nothing where requests are to pass if it does not answer. */
export const limitGuarding = ({
  ref,
  domain,
  cluster,
  settings,
}: CompiledLimit): Guarding | undefined =>
  cluster === undefined && settings.deniesOnFailure ? guarding(ref, labelsOf(domain)) : undefined;

/** So it is with one that Envoy refuses. */
export const withheldLimitGuarding = (
  ref: ObjectRef,
  { spec: { domain, failure_mode_deny } }: RateLimitService,
): Guarding | undefined =>
  failure_mode_deny === true ? guarding(ref, labelsOf(domain)) : undefined;

const labelsOf = (domain: string | undefined): Guard => ({
  _tag: 'Labels',
  ...(domain !== undefined && domain !== '' && { domain }),
});

/** What the Module of the gateway says of labels; other Modules say nothing of them. */
export const moduleGuarding = ({ metadata, spec }: Module): Guarding | undefined =>
  metadata.name === gatewayModule
    ? { labelDomain: spec.config.default_label_domain ?? usualDomain, guards: [], problems: [] }
    : undefined;

/**
 * What an object guards that cannot be read: all that one of its kind and name could guard. The fields that
 * are at fault are known if its name is.
 */
export const unreadGuarding = (
  kind: GuardKind,
  key: ObjectKey,
  faulty: readonly string[] = [],
): Guarding => guarding(objectRef(kind, key), unreadGuard(kind, key, faulty));

const unreadGuard = (
  kind: GuardKind,
  key: ObjectKey,
  faulty: readonly string[],
): Guard | undefined => {
  switch (kind) {
    case 'AuthService':
      return { _tag: 'Auth' };
    case 'RateLimitService':
      return { _tag: 'AnyLabels' };
    case 'Module': {
      const [, name] = keyParts(key);
      if (faulty.includes('spec.config')) return undefined;
      if (name === authModule) return { _tag: 'Auth' };
      return name === gatewayModule ? { _tag: 'All' } : undefined;
    }
  }
};

/** What an object guards that cannot be used, and what its owner is told of that; why it cannot be used is said elsewhere. */
const guarding = (object: ObjectRef, guard: Guard | undefined): Guarding =>
  guard === undefined
    ? { guards: [], problems: [] }
    : {
        guards: [guard],
        problems: [{ _tag: 'GuardUnusable', object, field: '', effect: effects[guard._tag] }],
      };

const effects: Readonly<Record<Guard['_tag'], GuardEffect>> = {
  All: 'AllRefused',
  Auth: 'UncheckedRefused',
  Labels: 'LabelledRefused',
  AnyLabels: 'LabelledRefused',
};

/** The same, where the operator lets requests pass that nothing guards. */
export const unguarded = ({ problems }: Guarding): Guarding => ({
  guards: [],
  problems: problems.map((problem) =>
    problem._tag === 'GuardUnusable' ? { ...problem, effect: 'Unguarded' } : problem,
  ),
});
