import { get, has, keys, withEdits, type Collection } from '../../collection/collection.ts';
import { editOf } from '../../collection/edit.ts';
import { equal } from '../../collection/equal.ts';
import {
  namespaceOf,
  objectRef,
  refParts,
  type ObjectKey,
  type ObjectRef,
} from '../../ir/object-ref.ts';
import { noProblems } from '../../problem/no-problems.ts';
import { carrierKinds, isKind, type Kind } from '../kind.ts';
import type {
  Applied,
  Carried,
  Carries,
  Decoded,
  Deleted,
  KubeEvent,
  Listed,
} from '../kube-event.ts';
import type { Annotated, AnnotatedObject, NameClaims } from './annotated.ts';

/** What is known before the events. */
interface Before {
  readonly annotated: Annotated;
  readonly objects: { readonly [K in Kind]: Collection<ObjectKey, unknown> };
  readonly problems: Collection<string, unknown>;
  readonly versions: Collection<ObjectRef, unknown>;
}

/** What is in annotations after some events, and these events as if what is there came by itself. */
interface Unfolded {
  readonly annotated: Annotated;
  readonly events: readonly KubeEvent[];
}

/**
 * Makes events of their own of what objects carry in annotations, at the cost of what is in annotations.
 *
 * An object that is in no annotation counts before all others of its name; then those count that are carried in a foremost
 * namespace, then those that are carried in its own. Where a document of an annotation cannot be read, the objects that were there before and are not there now
 * stay as they are: one of them may be meant.
 */
export const foldAnnotated = (store: Before, events: readonly KubeEvent[]): Unfolded => {
  const before = store.annotated;
  const rankedFor = ranking(before.foremost);
  if (before.carried.size === 0 && !events.some(carriesSomething))
    return { annotated: before, events };
  const carried = new Map<ObjectRef, readonly Carried[]>();
  const claims = new Map<ObjectRef, NameClaims>();
  const names = namesAfter(store);
  const unfolded: KubeEvent[] = [];

  const carriedBy = (carrier: ObjectRef): readonly Carried[] =>
    carried.get(carrier) ?? get(before.carried, carrier) ?? [];
  const claimsOf = (ref: ObjectRef): NameClaims | undefined =>
    claims.get(ref) ?? get(before.claims, ref);

  const carry = (carrier: ObjectRef, carries?: Carries): void => {
    const [was, now] = [carriedBy(carrier), carriedAfter(carriedBy(carrier), carries)];
    if (equal(was, now)) return;
    carried.set(carrier, now);
    for (const ref of new Set([...was, ...now].map(refOf))) {
      const others = claimsOf(ref)?.claims.filter((one) => one.carrier !== carrier) ?? [];
      const own = now.filter((one) => refOf(one) === ref).map((one) => ({ ...one, carrier }));
      const ranked = rankedFor(ref, [...others, ...own]);
      const isTaken = names.isTaken(ref);
      if (!isTaken) unfolded.push(...difference(claimsOf(ref)?.claims[0], ranked[0], ref));
      claims.set(ref, { isTaken, claims: ranked });
    }
  };

  /** An object that is in no annotation came or went. */
  const arrived = (event: Applied | Deleted): void => {
    const ref = objectRef(event.kind, event._tag === 'Applied' ? event.item.key : event.key);
    const isTaken = event._tag === 'Applied';
    names.note(ref, isTaken);
    const known = claimsOf(ref);
    const [first] = known?.claims ?? [];
    if (known === undefined || first === undefined) return void unfolded.push(event);
    claims.set(ref, { ...known, isTaken });
    if (known.isTaken === isTaken) return isTaken ? void unfolded.push(event) : undefined;
    unfolded.push(gone(ref), isTaken ? event : applied(first));
  };

  const listed = (event: Listed): void => {
    names.list(event);
    const unlisted: Decoded[] = [];
    for (const ref of ofKind(event.kind, keys(before.claims), claims.keys())) {
      const known = claimsOf(ref);
      const [first] = known?.claims ?? [];
      if (known === undefined || first === undefined) continue;
      const isTaken = names.isTaken(ref);
      claims.set(ref, { ...known, isTaken });
      if (known.isTaken !== isTaken) unfolded.push(gone(ref));
      if (!isTaken) unlisted.push(first.item);
    }
    unfolded.push(
      unlisted.length === 0 ? event : { ...event, items: [...event.items, ...unlisted] },
    );
  };

  for (const event of events) {
    if (event._tag === 'Reported') unfolded.push(event);
    else if (carrierKinds.includes(event.kind)) {
      unfolded.push(event);
      if (event._tag === 'Deleted') carry(objectRef(event.kind, event.key));
      else if (event._tag === 'Applied')
        carry(objectRef(event.kind, event.item.key), event.item.carries);
      else {
        const present = new Set(event.items.map(({ key }) => objectRef(event.kind, key)));
        for (const carrier of ofKind(event.kind, keys(before.carried), carried.keys()))
          if (!present.has(carrier)) carry(carrier);
        for (const { key, carries } of event.items) carry(objectRef(event.kind, key), carries);
      }
    } else if (event._tag === 'Listed') listed(event);
    else arrived(event);
  }

  const after = {
    ...before,
    carried: withEdits(
      before.carried,
      editsOf(carried, ({ length }) => length > 0),
      equal,
    ),
    claims: withEdits(
      before.claims,
      editsOf(claims, (one) => one.claims.length > 0),
      equal,
    ),
  };
  const isSame = after.carried === before.carried && after.claims === before.claims;
  return { annotated: isSame ? before : after, events: unfolded };
};

const carriesSomething = (event: KubeEvent): boolean => {
  if (event._tag === 'Applied') return event.item.carries !== undefined;
  return event._tag === 'Listed' && event.items.some(({ carries }) => carries !== undefined);
};

/** Which names objects have that are in no annotation, as more and more events are known. */
const namesAfter = ({ annotated, objects, problems, versions }: Before) => {
  const noted = new Map<ObjectRef, boolean>();
  const lists = new Map<Kind, ReadonlySet<ObjectKey>>();
  const wasTaken = (ref: ObjectRef, kind: Kind, key: ObjectKey): boolean =>
    get(annotated.claims, ref)?.isTaken ??
    (has(objects[kind], key) || has(problems, ref) || has(versions, ref));
  return {
    isTaken: (ref: ObjectRef): boolean => {
      const [kind, key] = refParts(ref);
      if (!isKind(kind)) return false;
      return noted.get(ref) ?? lists.get(kind)?.has(key) ?? wasTaken(ref, kind, key);
    },
    note: (ref: ObjectRef, isTaken: boolean): void => void noted.set(ref, isTaken),
    list: ({ kind, items }: Listed): void => {
      for (const ref of ofKind(kind, noted.keys())) noted.delete(ref);
      lists.set(kind, new Set(items.map(({ key }) => key)));
    },
  };
};

/** What an object carries now, with what may still be meant of what it carried before. */
const carriedAfter = (
  was: readonly Carried[],
  carries: Carries | undefined,
): readonly Carried[] => {
  const { objects, isWhole } = carries ?? { objects: [], isWhole: true };
  if (isWhole) return objects;
  const present = new Set(objects.map(refOf));
  return [...objects, ...was.filter((one) => !present.has(refOf(one))).map(asFormer)];
};

const asFormer = (one: Carried): Carried =>
  one.item.object === undefined
    ? one
    : { ...one, item: { ...one.item, former: true, problems: noProblems } };

/** What is different for everybody else, where another one of these counts now. */
const difference = (
  was: AnnotatedObject | undefined,
  now: AnnotatedObject | undefined,
  ref: ObjectRef,
): readonly KubeEvent[] => {
  if (now === undefined) return was === undefined ? [] : [gone(ref)];
  if (was === undefined) return [applied(now)];
  if (was.carrier !== now.carrier) return [gone(ref), applied(now)];
  return equal(was.item, now.item) ? [] : [applied(now)];
};

const ranking =
  (foremost: readonly string[]) =>
  (ref: ObjectRef, claims: readonly AnnotatedObject[]): readonly AnnotatedObject[] => {
    if (claims.length < 2) return claims;
    const own = namespaceOf(refParts(ref)[1]);
    const rank = ({ carrier }: AnnotatedObject): string => {
      const namespace = namespaceOf(refParts(carrier)[1]) ?? '';
      return `${foremost.includes(namespace) ? 0 : namespace === own ? 1 : 2} ${carrier}`;
    };
    return claims.toSorted((a, b) =>
      a.carrier === b.carrier ? a.document - b.document : rank(a) < rank(b) ? -1 : 1,
    );
  };

const refOf = ({ kind, item }: Carried): ObjectRef => objectRef(kind, item.key);

const applied = ({ kind, item }: Carried): Applied => ({ _tag: 'Applied', kind, item });

const gone = (ref: ObjectRef): Deleted => {
  const [kind, key] = refParts(ref);
  if (!isKind(kind)) throw new Error(`${kind} is a kind that is read`);
  return { _tag: 'Deleted', kind, key };
};

const ofKind = (kind: Kind, ...refs: readonly Iterable<ObjectRef>[]): ReadonlySet<ObjectRef> =>
  new Set(refs.flatMap((some) => [...some].filter((ref) => refParts(ref)[0] === kind)));

/** What is not worth keeping is removed. */
const editsOf = <V>(changes: ReadonlyMap<ObjectRef, V>, isKept: (value: V) => boolean) =>
  [...changes].map(([ref, value]) => editOf(ref, isKept(value) ? value : undefined));
