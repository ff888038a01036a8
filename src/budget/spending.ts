import { empty, entries, get, has, withEdits, type Collection } from '../collection/collection.ts';
import { diff } from '../collection/diff.ts';
import { editOf, type Edit } from '../collection/edit.ts';
import { equal } from '../collection/equal.ts';
import { workEach, type Work } from '../collection/work.ts';
import { namespaceOf, objectRef, type ObjectKey, type ObjectRef } from '../ir/object-ref.ts';
import type { ObjectMeta } from '../kube/core/object-meta.ts';
import { isTold, kinds, kindTable, type Kind, type ObjectOf } from '../kube/kind.ts';
import { storeWithoutObjects, type SyncedStore } from '../kube/store/object-store.ts';
import type { Problem } from '../problem/problem.ts';
import { askedFor } from './asked-for.ts';
import { exceeded, nothing, plus, type Budget } from '../problem/budget.ts';
import { overBudget, ranked, rankedAnew, type Member, type Ranking } from './ranking.ts';
import { withoutExcess, type Excess } from './without-excess.ts';

/** What the namespaces ask for, and the store without what is over their budgets. */
export interface Spending {
  readonly store: SyncedStore;
  readonly asked: Collection<string, Budget>;
  /** Who is older than whom, in namespaces that are or were over their budget; others need not know. */
  readonly rankings: ReadonlyMap<string, Ranking>;
  readonly excess: Excess;
  /** The store as it may be translated; the same one where nothing is over a budget. */
  readonly within: SyncedStore;
}

/** Advances a spending to another store, by change. */
export type Spend = (before: Spending | undefined, store: SyncedStore) => Work<Spending>;

/**
 * Keeps the objects of each namespace within its budget (decision 73).
 *
 * Who is over it follows from what there is, never from what came first: in the order of age, then of names, the
 * first object that asks for more than is left, and all after it. It is as if Envoy had refused these, so what
 * should guard requests closes. What nobody writes for us, such as Services, EndpointSlices and Secrets, counts nowhere.
 */
export const spending = (budget: Budget | undefined): Spend =>
  function* (before = unspent, store) {
    if (budget === undefined) return { ...unspent, store, within: store };
    const changes = yield* changesOf(before.store, store);
    const byNamespace = Map.groupBy(changes, ({ key }) => namespaceOf(key));
    const asked = withEdits(
      before.asked,
      [...byNamespace].map(([namespace, ofNamespace]) => {
        const sum = ofNamespace.reduce(
          (so, one) => plus(plus(so, one.after ?? nothing), one.before ?? nothing, -1),
          get(before.asked, namespace) ?? nothing,
        );
        return editOf(namespace, sum.objects === 0 ? undefined : sum);
      }),
    );
    const rankings = new Map(before.rankings);
    const edits: Edit<ObjectRef, readonly Problem[]>[] = [];
    for (const [namespace, ofNamespace] of byNamespace) {
      const isOver = exceeded(get(asked, namespace) ?? nothing, budget) !== undefined;
      const ranking = before.rankings.get(namespace);
      if (ranking === undefined && !isOver) continue;
      const now =
        ranking === undefined
          ? yield* rankingOf(store, namespace)
          : rankedAnew(
              ranking,
              new Set(ofNamespace.map(({ ref }) => ref)),
              ofNamespace.flatMap(({ member }) => member ?? []),
            );
      if (now.length === 0) rankings.delete(namespace);
      else rankings.set(namespace, now);
      for (const edit of changesOfExcess(before.excess, ranking ?? [], now, budget))
        edits.push(edit);
    }
    const excess = withEdits(before.excess, edits);
    const within = withoutExcess(before, store, excess);
    return { store, asked, rankings, excess, within };
  };

const unspent: Spending = {
  store: storeWithoutObjects,
  asked: empty(),
  rankings: new Map(),
  excess: empty(),
  within: storeWithoutObjects,
};

/** The kinds that count: what users write in a language, in a namespace. */
const countedKinds: readonly Kind[] = kinds.filter(
  (kind) => isTold(kind) && kindTable[kind].scope === 'Namespaced',
);

interface Changed {
  readonly ref: ObjectRef;
  readonly key: ObjectKey;
  readonly before?: Budget;
  readonly after?: Budget;
  readonly member?: Member;
}

function* changesOf(before: SyncedStore, after: SyncedStore): Work<readonly Changed[]> {
  const changes: Changed[] = [];
  for (const kind of countedKinds) {
    const [was, is]: readonly ObjectsOfAKind[] = [before.objects[kind], after.objects[kind]];
    if (was === undefined || is === undefined || was === is) continue;
    const ofKind = yield* workEach(diff(was, is), ({ key, before: old, after: now }): Changed => {
      const ref = objectRef(kind, key);
      const member = now && memberOf(ref, now);
      return {
        ...{ ref, key },
        ...(old !== undefined && { before: askedFor(ref, old) }),
        ...(member !== undefined && { after: member.asked, member }),
      };
    });
    for (const change of ofKind) changes.push(change);
  }
  return changes;
}

type ObjectsOfAKind = Collection<ObjectKey, ObjectOf<Kind>>;

const memberOf = (ref: ObjectRef, object: ObjectOf<Kind>): Member => {
  const { creationTimestamp: created }: Created = object.metadata;
  return { ref, asked: askedFor(ref, object), ...(created !== undefined && { created }) };
};

interface Created extends Partial<ObjectMeta> {
  readonly creationTimestamp?: string;
}

function* rankingOf({ objects }: SyncedStore, namespace: string): Work<Ranking> {
  const members: Member[] = [];
  for (const kind of countedKinds) {
    const ofKind: ObjectsOfAKind = objects[kind];
    yield* workEach(entries(ofKind), ([key, object]) => {
      if (namespaceOf(key) === namespace) members.push(memberOf(objectRef(kind, key), object));
    });
  }
  return ranked(members);
}

/** What becomes of objects of a namespace that were over its budget, or are now. */
const changesOfExcess = (
  excess: Excess,
  before: Ranking,
  now: Ranking,
  budget: Budget,
): readonly Edit<ObjectRef, readonly Problem[]>[] => {
  const found = overBudget(now, budget);
  const over = new Set(found?.over.map(({ ref }) => ref));
  const fit = before.filter(({ ref }) => !over.has(ref) && has(excess, ref));
  const edits = fit.map(({ ref }) => editOf<ObjectRef, readonly Problem[]>(ref, undefined));
  for (const { ref } of found?.over ?? []) {
    const problem = problemOf(ref, found?.part ?? 'objects', budget);
    if (!equal(get(excess, ref), [problem])) edits.push(editOf(ref, [problem]));
  }
  return edits;
};

const problemOf = (object: ObjectRef, part: keyof Budget, budget: Budget): Problem => ({
  _tag: 'OverBudget',
  object,
  field: '',
  part,
  limit: budget[part],
});
