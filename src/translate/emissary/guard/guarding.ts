import { keyParts, objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { authModule, gatewayModule, type Module } from '../../../kube/emissary/module/module.ts';
import type { CompiledLimit } from '../limit/compile-limit.ts';
import type { EffectUntilSupported, Problem } from '../../../problem/problem.ts';

/** Requests that an object guards: they are answered 503, because its filter cannot be built yet. */
export type Guard =
  /** All of them. */
  | { readonly _tag: 'All' }
  /** Those of Mappings without `bypass_auth`, which its filter keeps out (`auth`). */
  | { readonly _tag: 'Auth' }
  /** Those of Mappings with labels of a domain; absent: of the default domain. */
  | { readonly _tag: 'Labels'; readonly domain?: string }
  /** Those of Mappings with any labels: the domain is not known. */
  | { readonly _tag: 'AnyLabels' };

/** What an object guards, and what its owner is told; a Module says of labels what others mean by them. */
export interface Guarding {
  readonly labelDomain?: string;
  /** The domains with labels for Mappings that have none. */
  readonly labelled?: readonly string[];
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
  cluster === undefined && settings.deniesOnFailure
    ? guarding(ref, { '': { _tag: 'Labels', ...(domain !== undefined && { domain }) } })
    : undefined;

/** A Module of the manner of old versions is an AuthService; that of the gateway says what labels mean. */
export const moduleGuarding = ({ metadata, spec }: Module, key: ObjectKey): Guarding => {
  const ref = objectRef('Module', key);
  if (metadata.name !== gatewayModule) return guarding(ref, {});
  const { default_label_domain: labelDomain, default_labels: labels = {} } = spec.config;
  return {
    ...guarding(ref, {}),
    ...(labelDomain !== undefined && { labelDomain }),
    labelled: Object.entries(labels).flatMap(([domain, { defaults }]) =>
      defaults === undefined ? [] : [domain],
    ),
  };
};

/**
 * What an object guards that cannot be read: all that one of its kind and name could guard. The fields that
 * are at fault are known if its name is.
 */
export const unreadGuarding = (
  kind: GuardKind,
  key: ObjectKey,
  faulty: readonly string[] = [],
): Guarding => guarding(objectRef(kind, key), { '': unreadGuard(kind, key, faulty) });

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

/** What these fields guard; one without a guard has no effect. */
const guarding = (
  object: ObjectRef,
  fields: Readonly<Record<string, Guard | undefined>>,
): Guarding => ({
  guards: Object.values(fields).filter((guard) => guard !== undefined),
  problems: Object.entries(fields).map(([field, guard]) => ({
    _tag: 'NotYetSupported',
    object,
    field,
    ...(guard !== undefined && { effect: effects[guard._tag] }),
  })),
});

const effects: Readonly<Record<Guard['_tag'], EffectUntilSupported>> = {
  All: 'AllRefused',
  Auth: 'UncheckedRefused',
  Labels: 'LabelledRefused',
  AnyLabels: 'LabelledRefused',
};

/** The same, where the operator lets requests pass that nothing guards. */
export const unguarded = ({ problems, ...labels }: Guarding): Guarding => ({
  ...labels,
  guards: [],
  problems: problems.map((problem) =>
    problem._tag === 'NotYetSupported' && problem.effect !== undefined
      ? { ...problem, effect: 'Unguarded' }
      : problem,
  ),
});
