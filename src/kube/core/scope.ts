import { objectKey, type ObjectKey } from '../../ir/object-ref.ts';

/** Where the objects of a kind are: each in a namespace, or all of them in the cluster itself. */
export type Scope = 'Namespaced' | 'Cluster';

/** The key of an object; one of the cluster has no namespace, whatever its metadata say: `/name`. */
export const keyIn = (scope: Scope, namespace: string, name: string): ObjectKey =>
  objectKey(scope === 'Cluster' ? '' : namespace, name);
