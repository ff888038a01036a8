/** Names one object of a kind: `namespace/name`; of a kind without namespaces `/name`. */
export type ObjectKey = `${string}/${string}`;

/**
 * Names one object of any kind: `Kind namespace/name`.
 *
 * Every node of the IR carries the references of the objects it came from, except clusters, whose
 * users are kept beside them (`cluster-users.ts`). They explain a resource to people (status,
 * diagnostics, refusals, replay) and never enter a version.
 */
export type ObjectRef = `${string} ${ObjectKey}`;

/** Joins a kind and a key; injective, because neither holds a space. */
export const objectRef = (kind: string, key: ObjectKey): ObjectRef =>
  flat(kind, ' ', key) as ObjectRef;

/** An object as people name it: `Mapping shop/web`, `GatewayClass headgate`. */
export const showRef = (ref: ObjectRef): string => ref.replace(' /', ' ');

/** The kind and the key that `objectRef` joined. */
export const refParts = (ref: ObjectRef): readonly [kind: string, key: ObjectKey] => {
  const space = ref.indexOf(' ');
  return [ref.slice(0, space), ref.slice(space + 1) as ObjectKey];
};

/**
 * Joins a namespace, or nothing where there is none, and a name; injective, because Kubernetes allows no
 * `/` in either.
 */
export const objectKey = (namespace: string, name: string): ObjectKey =>
  flat(namespace, '/', name) as ObjectKey;

/** A flat string: a template string would keep the strings it is made of in memory. */
const flat = (...parts: readonly string[]): string => parts.join('');

/** The namespace in a key; empty where there is none. */
export const namespaceOf = (key: ObjectKey): string => key.slice(0, key.indexOf('/'));

/** The namespace and the name that `objectKey` joined; the namespace is empty where there is none. */
export const keyParts = (key: ObjectKey): readonly [namespace: string, name: string] => {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
};
