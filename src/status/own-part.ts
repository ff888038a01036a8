import { recordOf } from '../kube/codec/record-of.ts';
import { controllerName } from '../kube/gateway/controller-name.ts';

/** The fields of something that nobody has checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** The entries of a list, whatever it is. */
export const entriesOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.map(recordOf) : [];

/** The text of a field; not every definition says that it is one. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Whether a condition of this type, in an object or entry that is ours, is for us to say. Others may add
 * conditions of their own types there, which stay.
 */
export const isOwnType = (type: unknown): boolean => ownTypes.has(textOf(type));

const ownTypes: ReadonlySet<string> = new Set([
  'Accepted',
  'BackendsAvailable',
  'Conflicted',
  'InsecureFrontendValidationMode',
  'OverlappingTLSConfig',
  'PartiallyInvalid',
  'Programmed',
  'ResolvedRefs',
  'SupportedVersion',
]);

/** Whether we have signed this entry of a list that several controllers write to. */
export const isSigned = (entry: Fields): boolean => entry['controllerName'] === controllerName;

/** The lists that several controllers write to, and what an entry of each names. */
export const sharedLists = [
  ['parents', 'parentRef'],
  ['ancestors', 'ancestorRef'],
] as const;

/** What a parent or ancestor is known by: its reference, whichever defaults were left out. */
export const refKey = (ref: unknown): string => {
  const { group, kind, namespace, name, sectionName, port } = recordOf(ref);
  return JSON.stringify([
    group ?? 'gateway.networking.k8s.io',
    kind ?? 'Gateway',
    namespace ?? null,
    name ?? null,
    sectionName ?? null,
    port ?? null,
  ]);
};

/** Where a condition is, within an object; the place of the object itself is empty. */
export const conditionKey = (place: string, type: unknown): string =>
  place === '' ? textOf(type) : `${place} ${textOf(type)}`;
