import { get } from '../collection/collection.ts';
import { equal } from '../collection/equal.ts';
import { put } from '../collection/put.ts';
import { objectRef, refParts, type ObjectRef } from '../ir/object-ref.ts';
import { kinds } from '../kube/kind.ts';
import type { LastGood } from '../kube/last-good.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';
import type { Problem } from '../problem/problem.ts';
import { provenance, type NamedResource } from '../xds/provenance.ts';
import { sentSince, sentUnder, withSent, type Sent } from '../xds/sent.ts';
import { contentOf, digestOf, withContent } from './content.ts';
import { isBehindEndpoints, isOnDemand, isServed, isUsed } from './in-use.ts';

/** One object in the one version that Envoy refuses. */
export interface Conviction {
  readonly object: ObjectRef;
  /** Digest of the content that was refused; any other content may be sent. */
  readonly digest: string;
  readonly resource: string;
  readonly message: string;
}

/** What was sent, with the store it was made from. */
interface Admitted extends Sent {
  readonly store: SyncedStore;
}

/**
 * Keeps an object that Envoy refuses from doing harm to all others.
 *
 * A refused resource can be made of many objects. Those whose present version Envoy has not
 * accepted before are suspects. They are tried in halves, while the other suspects stay as they
 * were last accepted, until the one at fault stands alone. It keeps its last accepted version until
 * it changes.
 */
export interface Quarantine {
  readonly convicted: readonly Conviction[];
  /** The last publication that Envoy accepted as a whole. */
  readonly trusted?: Admitted;
  /** Groups of suspects that wait for their trial and are not admitted before it. */
  readonly waiting: readonly (readonly ObjectRef[])[];
  readonly sent: readonly Admitted[];
  /**
   * The last accepted versions of objects that Envoys refused in an earlier run. They count until something
   * is trusted.
   */
  readonly earlier: ReadonlyMap<ObjectRef, LastGood>;
}

/** The quarantine of a new run, with what an earlier one found out. */
export const newQuarantine = (
  convicted: readonly Conviction[] = [],
  lastGood: readonly LastGood[] = [],
): Quarantine => ({
  convicted,
  waiting: [],
  sent: [],
  earlier: new Map(
    lastGood
      .filter(({ because }) => because === 'Refused')
      .map((one) => [objectRef(one.kind, one.key), one]),
  ),
});

/** The store as it may be translated: what is convicted or waiting has its last accepted version. */
export const admitted = (quarantine: Quarantine, store: SyncedStore): SyncedStore => {
  const { convicted, waiting } = quarantine;
  const standing = convicted.filter((one) => stands(one, store));
  const present = waiting.flat().filter((ref) => contentOf(store, ref) !== undefined);
  const withheld = [...standing.map(({ object }) => object), ...present];
  if (withheld.length === 0) return store;
  const cleaned = withheld.reduce(
    (rest, ref) => kept(rest, ref, provenContent(quarantine, store, ref)),
    store,
  );
  const problems = standing.reduce(
    (rest, one) => put(rest, `Envoy ${one.object}`, [problemOf(one)]),
    cleaned.problems,
  );
  return { ...cleaned, problems };
};

/** The store with the last accepted version of an object; without one, it is known that there is an object. */
const kept = (
  store: SyncedStore,
  ref: ObjectRef,
  content: ReturnType<typeof contentOf>,
): SyncedStore => {
  const after = withContent(store, ref, content);
  return content === undefined
    ? { ...after, withheld: put(after.withheld, ref, contentOf(store, ref)) }
    : after;
};

/** Remembers what was sent under a number; beyond a bound the oldest ones are forgotten. */
export const sentAs = (quarantine: Quarantine, sent: Admitted): Quarantine => ({
  ...quarantine,
  sent: withSent(quarantine.sent, sent),
});

/** What an Envoy said about everything that was sent under a number. */
interface Answer {
  readonly seq: number;
  readonly refused: readonly (NamedResource & { readonly message: string })[];
}

/**
 * The quarantine after an answer. An answer to something that is forgotten changes nothing.
 *
 *     nothing refused      what was sent is trusted; the next trial begins
 *     no suspect           the next trial begins
 *     one suspect          it is convicted; the next trial begins
 *     several suspects     the first half stays admitted and is the next trial; the second half waits
 */
export const judged = (quarantine: Quarantine, { seq, refused }: Answer): Quarantine => {
  const about = sentUnder(quarantine.sent, seq);
  if (about === undefined) return quarantine;
  const sent = sentSince(quarantine.sent, seq);
  const [refusal] = refused;
  if (refusal === undefined) return nextTrial({ ...quarantine, sent, trusted: about });
  const behind = new Set(refused.flatMap((one) => provenance(about.ir, one)));
  const suspects = ordered([...behind].filter((ref) => isUnproven(quarantine, about.store, ref)));
  const [only, ...others] = suspects;
  if (only === undefined) return nextTrial({ ...quarantine, sent });
  if (others.length === 0) {
    const { name, message } = refusal;
    const digest = digestOf(contentOf(about.store, only));
    const conviction: Conviction = { object: only, digest, resource: name, message };
    const convicted = quarantine.convicted.filter(({ object }) => object !== only);
    const trusted = withoutRefused(quarantine.trusted, about.store, only);
    return nextTrial({
      ...quarantine,
      sent,
      convicted: [...convicted, conviction],
      ...(trusted !== undefined && { trusted }),
    });
  }
  const half = Math.ceil(suspects.length / 2);
  const waiting = [suspects.slice(half), ...quarantine.waiting];
  return { ...quarantine, sent, waiting };
};

/**
 * The quarantine after the same answer once more. Without the suspects that wait, `now` would be sent, and
 * it equals what was answered: so the suspects that wait have no part in the refusal.
 */
export const judgedAgain = (quarantine: Quarantine, now: Admitted, refused: Answer['refused']) => {
  const judgement = judged({ ...quarantine, sent: [now] }, { seq: now.seq, refused });
  const isNew =
    judgement.waiting !== quarantine.waiting || judgement.convicted !== quarantine.convicted;
  return isNew ? { ...judgement, sent: quarantine.sent } : nextTrial(quarantine);
};

/**
 * What others refer to comes last, as in `kindTable`: alone it is not used, so a trial of it would show
 * nothing, and the same suspects would be tried again and again.
 */
const ordered = (refs: readonly ObjectRef[]): readonly ObjectRef[] => {
  const byKind = Map.groupBy(refs, (ref): string => refParts(ref)[0]);
  return kinds.flatMap((kind) => byKind.get(kind) ?? []);
};

/** Admits the next suspects. */
const nextTrial = ({ waiting: [_, ...waiting], ...rest }: Quarantine): Quarantine => ({
  ...rest,
  waiting,
});

const isUnproven = (quarantine: Quarantine, store: SyncedStore, ref: ObjectRef): boolean => {
  const now = contentOf(store, ref);
  return now !== undefined && !equal(provenContent(quarantine, store, ref), now);
};

/**
 * The version of an object that Envoy accepted last. A Secret that nothing used was not sent,
 * so it is not proven when Envoy accepts everything. A Secret that is served on demand may or may
 * not have been sent: so it does not prove the same content, but another content falls back to it. So
 * it is with Services and EndpointSlices whose addresses nothing used, with Mappings that no Host took,
 * with Hosts that no Listener took, and with Ingresses.
 */
const provenContent = ({ trusted, earlier }: Quarantine, store: SyncedStore, ref: ObjectRef) => {
  if (trusted === undefined) {
    const before = earlier.get(ref);
    return before?.uid === get(store.versions, ref)?.uid ? before?.content : undefined;
  }
  const [kind, key] = refParts(ref);
  const content = contentOf(trusted.store, ref);
  const isOther = (): boolean => !equal(content, contentOf(store, ref));
  switch (kind) {
    case 'Secret':
      if (isUsed(trusted.ir, key)) return content;
      return isOther() && isOnDemand(trusted.ir, key) ? content : undefined;
    case 'Service':
    case 'EndpointSlice':
      return isOther() || isBehindEndpoints(trusted.ir, ref) ? content : undefined;
    case 'Mapping':
    case 'Host':
    case 'Ingress':
      return isOther() || isServed(trusted.ir, ref) ? content : undefined;
    default:
      return content;
  }
};

/**
 * What Envoy accepted last. If it holds the content that Envoy refuses now, that content had not been sent
 * then, and is taken out.
 */
const withoutRefused = (
  trusted: Admitted | undefined,
  store: SyncedStore,
  ref: ObjectRef,
): Admitted | undefined =>
  trusted !== undefined && equal(contentOf(trusted.store, ref), contentOf(store, ref))
    ? { ...trusted, store: withContent(trusted.store, ref, undefined) }
    : trusted;

const stands = ({ object, digest }: Conviction, store: SyncedStore): boolean => {
  const content = contentOf(store, object);
  return content !== undefined && digestOf(content) === digest;
};

const problemOf = ({ object, resource, message }: Conviction): Problem => ({
  _tag: 'RefusedByEnvoy',
  object,
  field: '',
  resource,
  message,
});
