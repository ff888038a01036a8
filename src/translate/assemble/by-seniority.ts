import type { Collection } from '../../collection/collection.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { union, unionOf, type United, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import { refParts, type ObjectRef } from '../../ir/object-ref.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { Problem } from '../../problem/problem.ts';
import { byAge, type Aged } from '../contribution/seniority.ts';

/** What languages ask for, each thing once: what several want is settled by age. */
export interface BySeniority<K extends string, V> {
  readonly united: UnitedAll<K, V>;
  /** By what several ask for, whatever they say of it. */
  readonly contested: UnitedAll<K, unknown>;
  /** What each of them says, the oldest first. */
  readonly ranked: Joined<K, unknown, RankTables<V>, Ranked<V>>;
  /** Of those who come later. */
  readonly problems: Mapped<K, Ranked<V>, readonly Problem[]>;
  readonly chosen: Mapped<K, Ranked<V>, V>;
  readonly settled: United<K, V>;
}

/** What several languages say of one thing, in order; never one alone. */
type Ranked<V> = readonly [V, ...V[]];

/** The objects, which have ages, and what each language says. */
type RankTables<V> = Objects & Readonly<Record<TableOf, V>>;

type Objects = { readonly [K in keyof Stored]: ValueOf<Stored[K]> };

type Stored = SyncedStore['objects'];

type ValueOf<C> = C extends Collection<string, infer V> ? V : never;

/** The name of the table of what a language says, by its place in the order of languages. */
type TableOf = `language ${number}`;

/** What is made of a thing that several languages ask for. */
interface Verdict<K extends string, V> {
  readonly chosen: (ranked: Ranked<V>) => V;
  readonly problems: (ranked: Ranked<V>, key: K) => readonly Problem[];
}

/**
 * Settles what several languages ask for by the age of the objects behind it: the oldest comes first, and
 * of one age the first language (decision 36). Costs nothing but for what is contested.
 */
export const bySeniority = <K extends string, V extends { readonly from: readonly ObjectRef[] }>(
  verdict: Verdict<K, V>,
) => {
  const chooseEach = mapEach((ranked: Ranked<V>, _: K) => verdict.chosen(ranked));
  const problemsEach = mapEach(verdict.problems);
  return function* (
    previous: BySeniority<K, V> | undefined,
    { objects }: SyncedStore,
    asked: readonly Collection<K, V>[],
  ): Work<BySeniority<K, V>> {
    const united = yield* unionOf(previous?.united, asked);
    const contested = yield* unionOf(
      previous?.contested,
      united.unions.map(({ shared }): Collection<K, unknown> => shared),
    );
    const tables = asked.map((table, i) => [tableOf(i), table] as const);
    const ages = agesIn(objects);
    const rankEach = joinEach<K, unknown, RankTables<V>, Ranked<V>>((_, key, read) => {
      const claims = tables.flatMap(([table]) => read(table, key) ?? []);
      const aged = claims.map((claim) => ({ claim, ...ages(claim.from, read) }));
      const [first, ...others] = aged.sort(byAge).map(({ claim }) => claim);
      return first === undefined ? undefined : [first, ...others];
    });
    const ranked = yield* rankEach(previous?.ranked, contested.output, {
      ...objects,
      ...Object.fromEntries(tables),
    });
    const problems = yield* problemsEach(previous?.problems, ranked.output);
    const chosen = yield* chooseEach(previous?.chosen, ranked.output);
    const settled = yield* union(previous?.settled, chosen.output, united.output);
    return { united, contested, ranked, problems, chosen, settled };
  };
};

const tableOf = (i: number): TableOf => `language ${i}`;

/** As old as the oldest of some objects. */
const agesIn =
  (objects: Stored) =>
  (refs: readonly ObjectRef[], read: Read<Objects>): Aged =>
    refs
      .map((ref): Aged => {
        const [kind, key] = refParts(ref);
        const metadata: Dated | undefined = isStored(objects, kind)
          ? read(kind, key)?.metadata
          : undefined;
        const created = metadata?.creationTimestamp;
        return created === undefined ? {} : { created };
      })
      .sort(byAge)[0] ?? {};

const isStored = (objects: Stored, kind: string): kind is keyof Stored =>
  Object.hasOwn(objects, kind);

/** Metadata, of which some kinds keep the age. */
interface Dated {
  readonly name: string;
  readonly creationTimestamp?: string;
}
