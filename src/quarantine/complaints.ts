import { put } from '../collection/put.ts';
import { remember } from '../collection/remember.ts';
import { refParts, type ObjectRef } from '../ir/object-ref.ts';
import type { SyncedStore } from '../kube/store/object-store.ts';
import { complaintKey } from '../problem/complaint-key.ts';
import type { Problem } from '../problem/problem.ts';
import type { Refusal } from '../xds/session/discovery.ts';
import { isUnbound } from '../xds/session/retry.ts';
import { isTakenElsewhere, refusing, type Answer, type Answers } from './answers.ts';
import { contentOf } from './content.ts';

/**
 * The store with the problems that are no fault of an object, or not for every Envoy: a port that cannot be
 * had, and what some Envoys refuse and others take.
 */
export const withComplaints = (store: SyncedStore, answers: Answers): SyncedStore => {
  const complaints = complaintsOf(answers);
  if (complaints.size === 0) return store;
  const problems = [...complaints]
    .filter(([object]) => contentOf(store, object) !== undefined)
    .reduce((all, [object, found]) => put(all, complaintKey(object), found), store.problems);
  return { ...store, problems };
};

/** Nothing is said of what is on trial: the quarantine will name the object at fault. */
const complaintsOf = remember((answers: Answers): ReadonlyMap<ObjectRef, readonly Problem[]> => {
  const all = refusing(answers).flatMap(([, answer]) =>
    answer.behind
      .filter(({ refusal }) => isSaid(answers, answer, refusal))
      .flatMap(({ refusal, objects }) =>
        objects.map((object) => ({ object, refusal, node: answer.node })),
      ),
  );
  const byObject = Map.groupBy(all, ({ object }) => object);
  return new Map(
    [...byObject].map(([object, found]) => [
      object,
      [...Map.groupBy(found, ({ refusal }) => refusal.name).values()].flatMap((same) =>
        same.slice(0, 1).map(({ refusal }) => {
          const nodes = same.map(({ node }) => node);
          return problemOf(object, refusal, envoysOf(nodes, answers.size));
        }),
      ),
    ]),
  );
}, 2);

const isSaid = (answers: Answers, answer: Answer, refusal: Refusal): boolean =>
  isUnbound(refusal) ||
  answer.state === 'Unexplained' ||
  (answer.state === 'New' && isTakenElsewhere(answers, answer, refusal));

/** Which of the connected Envoys, for people; nothing where it is all of them. */
const envoysOf = (nodes: readonly string[], connected: number): { readonly by?: string } => {
  if (nodes.length === connected) return {};
  const named = nodes.slice(0, mostNamed).map((node) => node.slice(0, longestNode));
  const more = nodes.length > mostNamed ? ` and ${nodes.length - mostNamed} more` : '';
  return { by: `${nodes.length} of ${connected} connected Envoys (${named.join(', ')}${more})` };
};

/** Clients choose what they are called. */
const longestNode = 64;
const mostNamed = 3;

const problemOf = (
  object: ObjectRef,
  refusal: Refusal,
  envoys: { readonly by?: string },
): Problem => {
  const { name: resource, message } = refusal;
  const at = { object, field: '', ...envoys };
  const [, address = resource, reason = message] = /cannot bind '(.*?)': (.*)/.exec(message) ?? [];
  return isUnbound(refusal)
    ? { ...at, field: portOf(object), _tag: 'PortUnavailable', address, listener: resource, reason }
    : { ...at, _tag: 'RefusedByEnvoy', resource, message };
};

/** A Listener has one port; of a Gateway, whose listeners have several, its language says which field it is. */
const portOf = (object: ObjectRef): string =>
  refParts(object)[0] === 'Listener' ? 'spec.port' : '';
