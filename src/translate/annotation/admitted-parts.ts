import {
  copyOf,
  empty,
  get,
  has,
  withEdits,
  type Collection,
} from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { editOf } from '../../collection/edit.ts';
import type { OwnStep } from '../../collection/operator/own-step.ts';
import { objectRef, refParts, type ObjectKey, type ObjectRef } from '../../ir/object-ref.ts';
import { isKind } from '../../kube/kind.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { Problem } from '../../problem/problem.ts';

/** The parts of the store from which something is taken, by kind or by field; none, as long as nothing is. */
export type AdmittedParts = Readonly<Record<string, AdmittedPart>>;

type AdmittedPart = OwnStep<
  { readonly known: Collection<string, unknown>; readonly foreign: Foreign },
  Collection<string, unknown>
>;

/** The objects that are taken, with what their owners are told. */
type Foreign = Collection<ObjectRef, readonly Problem[]>;

/**
 * Takes objects out of the store, by change, with all that is known of them: what nobody may say has no effect
 * either where it cannot be read.
 */
export const admittedParts = (
  previous: AdmittedParts | undefined,
  store: SyncedStore,
  foreign: Foreign,
): AdmittedParts => {
  if (foreign.size === 0) return {};
  const before = previous ?? {};
  const [any] = Object.values(before);
  const changed = diff<ObjectRef, unknown>(any?.inputs.foreign ?? empty(), foreign);
  const refs = changed.map(({ key }) => key);
  const kinds = refs.map((ref) => refParts(ref)[0]);
  const names = new Set([...fields, ...Object.keys(before), ...kinds]);
  return Object.fromEntries(
    [...names].map((name) => [name, admittedPart(before[name], name, store, foreign, refs)]),
  );
};

/** What is known of objects, by their names. */
const fields = ['problems', 'versions', 'former', 'withheld'] as const;

const isField = (name: string): name is (typeof fields)[number] =>
  fields.some((field) => field === name);

const admittedPart = (
  before: AdmittedPart | undefined,
  name: string,
  store: SyncedStore,
  foreign: Foreign,
  changed: readonly ObjectRef[],
): AdmittedPart => {
  const known: Collection<string, unknown> = partOf(store, name);
  const keyOf = (ref: ObjectRef): string => (isField(name) ? ref : refParts(ref)[1]);
  const refOf = (key: string): ObjectRef =>
    isField(name) ? (key as ObjectRef) : objectRef(name, key as ObjectKey);
  const stale = [
    ...changed.filter((ref) => isField(name) || refParts(ref)[0] === name).map(keyOf),
    ...(before === undefined ? [] : diff(before.inputs.known, known).map(({ key }) => key)),
  ];
  const output = withEdits<string, unknown>(
    before?.output ?? copyOf(known),
    stale.map((key) => editOf(key, has(foreign, refOf(key)) ? undefined : get(known, key))),
  );
  return { operator: 'own', inputs: { known, foreign }, output };
};

const partOf = (store: SyncedStore, name: string): Collection<string, unknown> => {
  if (isField(name)) return store[name];
  return isKind(name) ? store.objects[name] : empty();
};

/** The store with these parts. */
export const withParts = (store: SyncedStore, parts: AdmittedParts): SyncedStore => {
  const outputs = Object.entries(parts).map(([name, { output }]) => [name, output] as const);
  if (outputs.length === 0) return store;
  const [ofFields, ofKinds] = [true, false].map((wanted) =>
    Object.fromEntries(outputs.filter(([name]) => isField(name) === wanted)),
  );
  return { ...store, ...ofFields, objects: { ...store.objects, ...ofKinds } };
};
