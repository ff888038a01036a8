import type { Collection } from '../collection/collection.ts';
import { diff } from '../collection/diff.ts';
import { equal } from '../collection/equal.ts';
import type { Ir } from '../ir/ir.ts';
import type { Batch } from '../journal/batch.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';
import type { Conviction } from '../quarantine/quarantine.ts';
import type { Translation } from '../translate/translate.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { typeUrls } from '../xds/type-url.ts';
import type { Made } from './made.ts';

/** What every Envoy should hold from now on, and why. */
export interface Published extends Made {
  readonly snapshot: Snapshot;
  /** Everything known then that is within budgets; the snapshot is made from what the quarantine admits of it. */
  readonly store: SyncedStore;
  /** The objects that stay as they were last accepted, because Envoy refuses what they are now. */
  readonly convicted: readonly Conviction[];
  /** The batch that led here. */
  readonly batch: Batch;
}

/**
 * Whether all of it has been published: no resource, no problem, no question to Consul, no report of a language and
 * no version of an object differs.
 * Contents are compared, because what was worked out ahead can be equal without being identical.
 */
export const isPublished = (
  { snapshot, translation, store }: Published,
  made: Made,
  { versions }: SyncedStore,
): boolean =>
  isAlike(translation.problems, made.translation.problems) &&
  isAlike(store.versions, versions) &&
  isAlike(snapshot.certificates, made.graph.certificates) &&
  isAskedAlike(translation.ir.endpoints, made.translation.ir.endpoints) &&
  typeUrls.every((typeUrl) =>
    isAlike(snapshot.resources[typeUrl], made.graph.resources[typeUrl]),
  ) &&
  isToldAlike(translation.outcomes, made.translation.outcomes);

const isAlike = <K extends string, V>(before: Collection<K, V>, after: Collection<K, V>): boolean =>
  before === after || diff(before, after).every((change) => equal(change.before, change.after));

/** What Consul is to be asked can change without anything else: the address of a resolver. */
const isAskedAlike = (before: Ir['endpoints'], after: Ir['endpoints']): boolean =>
  before === after ||
  diff(before, after).every((change) => equal(change.before?.asked, change.after?.asked));

/** A report can change without anything else: the address of a Gateway, the routes that a listener has. */
const isToldAlike = (before: Outcomes, after: Outcomes): boolean =>
  after.every((present) => {
    const former = before.find(({ kind }) => kind === present.kind);
    const changes = former === undefined ? [] : diff(former.entries, present.entries);
    return (
      former !== undefined &&
      changes.every((change) =>
        equal(reportOf(former, change.before), reportOf(present, change.after)),
      )
    );
  });

type Outcomes = Translation['outcomes'];

const reportOf = (outcomes: Outcomes[number], entry: unknown): unknown =>
  entry === undefined ? undefined : outcomes.outcomeOf(entry).report;
