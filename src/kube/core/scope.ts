import { objectKey, type ObjectKey } from '../../ir/object-ref.ts';

/** Where the objects of a kind are: each in a namespace, or all of them in the cluster itself. */
export type Scope = 'Namespaced' | 'Cluster';

/** The key of an object; that of a cluster-scoped one is `/name`, whatever its metadata say. */
export const keyIn = (scope: Scope, namespace: string, name: string): ObjectKey =>
  objectKey(scope === 'Cluster' ? '' : namespace, name);
