import { concatMap, scan, type OperatorFunction } from 'rxjs';

import type { Collection } from '../../src/collection/collection.ts';
import { diff } from '../../src/collection/diff.ts';
import { equal } from '../../src/collection/equal.ts';

import type { Batch, PipelineEvent } from '../../src/journal/batch.ts';
import type { SyncedStore } from '../../src/kube/store/object-store.ts';
import {
  admitted,
  judged,
  judgedAgain,
  newQuarantine,
  sentAs,
  type Conviction,
  type Quarantine,
} from '../../src/quarantine/quarantine.ts';
import type { TranslateOptions } from '../../src/translate/translate-options.ts';
import {
  followsFrom as translationFollowsFrom,
  translate,
  type Translation,
} from '../../src/translate/translate.ts';
import {
  followsFrom as snapshotFollowsFrom,
  makeSnapshot,
  type SnapshotGraph,
} from '../../src/xds/make-snapshot.ts';
import type { Verdict } from '../../src/xds/session/discovery.ts';
import type { Snapshot } from '../../src/xds/snapshot.ts';
import { typeUrls } from '../../src/xds/type-url.ts';
import type { Desk } from './desk.ts';
import type { Known } from './reduce.ts';

/** What every Envoy should hold from now on, and why. */
export interface Published {
  readonly snapshot: Snapshot;
  readonly translation: Translation;
  /** What it was made from. */
  readonly store: SyncedStore;
  /** The objects that stay as they were last accepted, because Envoy refuses what they are now. */
  readonly convicted: readonly Conviction[];
  /** The batch that led here. */
  readonly batch: Batch;
}

/** How what is known is published. */
export interface PublishOptions {
  readonly translation: TranslateOptions;
  /** What an earlier run found out. */
  readonly convicted?: readonly Conviction[];
}

/**
 * Turns what is known into what every Envoy should hold, at the cost of what changed.
 *
 *     known     -a--b--c--|
 *               -1-----2--|     b means the same as a, to Envoy and to the user
 *
 * A batch that changes neither a resource, a problem nor the version of an object publishes nothing.
 * `seq` counts from 1 and grows with every publication, also when only the problems changed. What an
 * Envoy refused is part of the next batch and changes what is admitted. Order is kept. Completion and
 * errors pass.
 */
export const publish =
  (options: PublishOptions, desk?: Desk): OperatorFunction<Known, Published> =>
  (known$) =>
    known$.pipe(
      scan(stepWith(options, desk), { quarantine: newQuarantine(options.convicted), isNew: false }),
      concatMap(({ isNew, published }) => (isNew && published !== undefined ? [published] : [])),
    );

interface State {
  readonly quarantine: Quarantine;
  readonly translation?: Translation;
  readonly graph?: SnapshotGraph;
  readonly published?: Published;
  /** Whether the last batch published anything. */
  readonly isNew: boolean;
}

const stepWith = (options: PublishOptions, desk?: Desk) => {
  const translated = translate(options.translation);
  const published = (before: State, judgement: Quarantine, { batch, store }: Known): State => {
    const admission = admitted(judgement, store);
    const translation = translated(before.translation, admission);
    const graph = makeSnapshot(before.graph, translation.ir);
    if (before.published !== undefined && isSame(before.published, graph, translation, store)) {
      const same = { ...before, quarantine: judgement, translation, graph, isNew: false };
      const answer = answerTo(before.published, batch);
      if (judgement.waiting.length === 0 || answer === undefined) return same;
      const now = { seq: answer.seq, store: admission, ir: translation.ir };
      return published(same, judgedAgain(judgement, now, answer.refused), { batch, store });
    }
    const seq = (before.published?.snapshot.seq ?? 0) + 1;
    const quarantine = sentAs(judgement, { seq, store: admission, ir: translation.ir });
    const { resources, certificates } = graph;
    const snapshot = { seq, resources, certificates };
    const { convicted } = quarantine;
    const next = { snapshot, translation, store, convicted, batch };
    return { quarantine, translation, graph, published: next, isNew: true };
  };
  return (before: State, known: Known): State => {
    const judgement = known.batch.events.filter(isVerdict).reduce(judged, before.quarantine);
    const made = desk?.preparedFor(known.batch)?.made;
    const ahead =
      made === undefined ? undefined : published({ ...before, ...made }, judgement, known);
    const state =
      ahead !== undefined && isAsAfter(before, ahead) ? ahead : published(before, judgement, known);
    const { translation, graph } = state;
    if (translation !== undefined && graph !== undefined)
      desk?.reached({ made: { translation, graph } });
    return state;
  };
};

/**
 * Whether what was worked out ahead is what follows from what was published last: layouts depend on
 * the one before them, and another one may have been published meanwhile.
 */
const isAsAfter = (before: State, ahead: State): boolean =>
  ahead.graph !== undefined &&
  ahead.translation !== undefined &&
  snapshotFollowsFrom(before.graph, ahead.graph) &&
  translationFollowsFrom(before.translation, ahead.translation);

/** What an Envoy said in this batch of the last publication. */
const answerTo = ({ snapshot }: Published, { events }: Batch): Verdict | undefined =>
  events.filter(isVerdict).findLast(({ seq }) => seq === snapshot.seq);

const isVerdict = (event: PipelineEvent): event is Verdict => event._tag === 'Verdict';

/** Whether nothing differs; what was worked out on another way can be equal and not the same. */
const isSame = (
  { snapshot, translation, store }: Published,
  { resources, certificates }: SnapshotGraph,
  { problems }: Translation,
  { versions }: SyncedStore,
): boolean =>
  isAlike(translation.problems, problems) &&
  isAlike(store.versions, versions) &&
  isAlike(snapshot.certificates, certificates) &&
  typeUrls.every((typeUrl) => isAlike(snapshot.resources[typeUrl], resources[typeUrl]));

const isAlike = <K extends string, V>(before: Collection<K, V>, after: Collection<K, V>): boolean =>
  before === after || diff(before, after).every((change) => equal(change.before, change.after));
