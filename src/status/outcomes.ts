import { joinEach, type Joined, type Read } from '../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../collection/operator/map-each.ts';
import type { Work } from '../collection/work.ts';
import { namespaceOf, refParts, type ObjectKey, type ObjectRef } from '../ir/object-ref.ts';
import { ambassadorIdOf } from '../kube/emissary/ambassador-id.ts';
import { isOurs } from '../kube/is-ours.ts';
import {
  carrierKinds,
  isKind,
  kindTable,
  referencesOf,
  type Kind,
  type ObjectOf,
} from '../kube/kind.ts';
import type { ObjectVersion } from '../kube/kube-event.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';
import { noProblems } from '../problem/no-problems.ts';
import type { Problem } from '../problem/problem.ts';
import type { KindOutcomes, ObjectOutcome } from '../translate/contribution/outcome.ts';
import type { Translation } from '../translate/translate.ts';
import type { Outcome } from './outcome.ts';
import { unreadReport } from './unread-report.ts';

/** A store and its translation. */
export interface Translated {
  readonly store: SyncedStore;
  readonly translation: Translation;
}

/** What outcomes are computed from. */
type OutcomeTables = { readonly [K in Kind]: ObjectOf<K> } & {
  readonly found: readonly Problem[];
  readonly decoded: readonly Problem[];
} & Readonly<Record<TableOf, unknown>>;

/** The name of the table of the outcomes that a language gives for the objects of a kind. */
type TableOf = `outcome of ${string}`;

/** The outcome of every object whose owner is told, with the state for the next step. */
export interface OutcomeGraph {
  readonly own: Mapped<ObjectRef, ObjectVersion, ObjectVersion>;
  readonly outcomes: Joined<ObjectRef, ObjectVersion, OutcomeTables, Outcome>;
}

/** Finds out, by change, what became of each object of our kinds that is for this installation. */
export const outcomesFor = (ambassadorId: string) =>
  function* (
    previous: OutcomeGraph | undefined,
    { store, translation }: Translated,
  ): Work<OutcomeGraph> {
    const { outcomes: said, problems } = translation;
    const outcomeEach = joinEach<ObjectRef, ObjectVersion, OutcomeTables, Outcome>(
      (version, object, read) => outcomeOf(ambassadorId, said, object, version, read),
    );
    const own = yield* ownOnly(previous?.own, store.versions);
    const outcomes = yield* outcomeEach(previous?.outcomes, own.output, {
      ...store.objects,
      found: problems,
      decoded: store.problems,
      ...Object.fromEntries(said.map(({ kind, entries }) => [tableOf(kind), entries])),
    });
    return { own, outcomes };
  };

/** Owners of what is in annotations are told at the object that carries it. */
const ownOnly = mapEach((version: ObjectVersion, object: ObjectRef) => {
  const [kind] = refParts(object);
  if (!isKind(kind) || version.carrier !== undefined) return undefined;
  return kindTable[kind].language !== undefined || carrierKinds.includes(kind)
    ? version
    : undefined;
});

const outcomeOf = (
  ambassadorId: string,
  said: readonly KindOutcomes[],
  object: ObjectRef,
  version: ObjectVersion,
  read: Read<OutcomeTables>,
): Outcome | undefined => {
  const [kind, key] = refParts(object);
  if (!isKind(kind)) return undefined;
  const good = read(kind, key);
  const ids = good === undefined ? version.ambassadorId : ambassadorIdOf(good);
  if (!isOurs(kind, ids, ambassadorId)) return undefined;
  const refusals = (read('decoded', object) ?? noProblems).filter(({ _tag }) => refusing.has(_tag));
  const isRefused = refusals.length > 0;
  const became = outcomeIn(said, kind, key, read);
  const { inEffect, certified } = good === undefined ? nothing : became;
  const isReported = (parent: ObjectRef): boolean => {
    const [parentKind, parentKey] = refParts(parent);
    return isKind(parentKind) && outcomeIn(said, parentKind, parentKey, read).report !== undefined;
  };
  const report =
    became.report ??
    (good === undefined ? unreadReport(kind, key, version, isReported) : undefined);
  return {
    object,
    version,
    problems: withReferences(
      object,
      read('found', object) ?? noProblems,
      good === undefined ? [] : referencesOf(kind, good),
      kind !== 'Host' || certified === true,
      read,
    ),
    serving: inEffect ? (isRefused ? 'Older' : 'This') : 'Nothing',
    ...(certified === true && { certified }),
    ...(isRefused && { refusals }),
    ...(report !== undefined && { report }),
  };
};

const nothing: ObjectOutcome = { inEffect: false };

/** The problems for which a codec refuses an object; its last valid version stays. */
const refusing: ReadonlySet<Problem['_tag']> = new Set(['InvalidField', 'UnsupportedVersion']);

/**
 * A Secret has no status; its problems are told to the objects that refer to it. Those of another
 * namespace learn that it has some.
 */
const withReferences = (
  object: ObjectRef,
  own: readonly Problem[],
  references: ReturnType<typeof referencesOf>,
  isServed: boolean,
  read: Read<OutcomeTables>,
): readonly Problem[] => {
  const told = references.flatMap((target): readonly Problem[] => {
    const problems = read('found', target) ?? noProblems;
    if (problems.length === 0 || placeOf(target) === placeOf(object)) return problems;
    if (own.some((one) => one._tag === 'RefNotUsable' && one.target === target)) return noProblems;
    if (problems.every(isShownToClients)) return isServed ? problems : noProblems;
    return [{ _tag: 'RefNotUsable', object, field: '', target }];
  });
  return told.length === 0 ? own : [...own, ...told];
};

/** The names and dates of a certificate that is served are no secret. */
const isShownToClients = ({ _tag }: Problem): boolean =>
  _tag === 'UnfitCertificate' || _tag === 'Note';

const placeOf = (ref: ObjectRef): string => namespaceOf(refParts(ref)[1]);

/**
 * What became of an object. If no language gives outcomes for its kind, it only configures other
 * objects, and its effect shows in theirs.
 */
const outcomeIn = (
  said: readonly KindOutcomes[],
  kind: Kind,
  key: ObjectKey,
  read: Read<OutcomeTables>,
): ObjectOutcome => {
  const outcomes = said.find((one) => one.kind === kind);
  if (outcomes === undefined) return { inEffect: kindTable[kind].isTranslated };
  const entry = read(tableOf(kind), key);
  return entry === undefined ? nothing : outcomes.outcomeOf(entry);
};

const tableOf = (kind: string): TableOf => `outcome of ${kind}`;
