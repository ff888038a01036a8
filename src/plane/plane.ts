import { isNone } from 'fp-ts/lib/Option.js';

import { finish } from '../collection/work.ts';
import { envoyEvents, worldEvents, type Batch } from '../journal/batch.ts';
import type { LastGood } from '../kube/last-good.ts';
import { applyAll, emptyStoreWith, synced, type SyncedStore } from '../kube/store/object-store.ts';
import { countedAbout, noAnswers } from '../quarantine/answers.ts';
import { withComplaints } from '../quarantine/complaints.ts';
import { heard, type Hearing } from '../quarantine/hearing.ts';
import {
  admitted,
  judgedAgain,
  newQuarantine,
  sentAs,
  type Conviction,
} from '../quarantine/quarantine.ts';
import { foremostNamespaces } from '../translate/isolation.ts';
import type { TranslateOptions } from '../translate/translate-options.ts';
import type { Known } from './known.ts';
import { makeAfter, making } from './made.ts';
import { isPublished, type Published } from './published.ts';

/** The control plane as a value: what is known, what Envoys refused of it, what they should hold. */
export interface Plane extends Known, Hearing {
  /** What was published last. */
  readonly published?: Published;
}

/** The options of a plane. */
export interface PlaneOptions {
  readonly translation: TranslateOptions;
  /** The objects that an earlier run has convicted. */
  readonly convicted?: readonly Conviction[];
  /** What Envoys accepted of them before, and more that an earlier run knew. */
  readonly lastGood?: readonly LastGood[];
}

/** The plane before the first batch. */
export const newPlane = ({ translation, convicted, lastGood }: PlaneOptions): Plane => ({
  store: emptyStoreWith(foremostNamespaces(translation)),
  quarantine: newQuarantine(convicted, lastGood),
  answers: noAnswers,
});

/**
 * Advances the plane by one batch, at the cost of what it changes.
 *
 * Nothing is published until every kind has been listed, so that no Envoy is configured from a
 * half-read cluster. A batch that changes no resource, no problem and no version of an object publishes
 * nothing either: `published` stays the same value. `seq` counts from 1 and grows with every publication,
 * also when only the problems changed. What an Envoy refused changes what the quarantine admits.
 *
 * What was worked out `ahead` only saves work: equal batches publish equal snapshots with and without it.
 */
export const stepPlane = ({ translation: options }: PlaneOptions) => {
  const make = making(options);

  const publish = (before: Plane, batch: Batch, store: SyncedStore, ahead?: Known): Plane => {
    const spending = finish(make.spend(ahead?.spending ?? before.spending, store));
    const admission = withComplaints(admitted(before.quarantine, spending.within), before.answers);
    const made = makeAfter(make, before.made, ahead?.made, admission);
    const { translation, graph } = made;
    const { ir } = translation;
    const latest = before.published;
    if (latest !== undefined && isPublished(latest, made, spending.within)) {
      // No Envoy will answer again, so a trial goes on with the answer to the latest snapshot.
      const { seq } = latest.snapshot;
      const isOnTrial = before.quarantine.waiting.length > 0 && envoyEvents(batch).length > 0;
      const refused = isOnTrial ? countedAbout(before.answers, seq, batch.at) : undefined;
      if (refused === undefined) return { ...before, spending, made };
      const now = { seq, store: admission, ir };
      const quarantine = judgedAgain(before.quarantine, now, refused);
      return publish({ ...before, spending, made, quarantine }, batch, store);
    }
    const seq = (latest?.snapshot.seq ?? 0) + 1;
    const quarantine = sentAs(before.quarantine, { seq, store: admission, ir });
    const { convicted } = quarantine;
    const { resources, certificates } = graph;
    const snapshot = { seq, resources, certificates };
    const published = { ...made, snapshot, store: spending.within, convicted, batch };
    return { store, spending, made, quarantine, answers: before.answers, published };
  };

  return (before: Plane, batch: Batch, ahead?: Known): Plane => {
    const store = ahead?.store ?? applyAll(before.store, worldEvents(batch));
    const said = envoyEvents(batch);
    if (store === before.store && said.length === 0) return before;
    const all = synced(store);
    if (isNone(all)) return { ...before, store };
    const { quarantine, answers } = said.reduce<Hearing>(
      (hearing, event) => heard(hearing, event, batch.at),
      before,
    );
    return publish({ ...before, store, quarantine, answers }, batch, all.value, ahead);
  };
};
