import type { Collection } from '../../collection/collection.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import type { Work } from '../../collection/work.ts';
import { namespaceOf, objectRef, type ObjectKey, type ObjectRef } from '../../ir/object-ref.ts';
import { isForInstallation } from '../../kube/emissary/installation.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { Problem } from '../../problem/problem.ts';
import { trustedNamespaces } from '../isolation.ts';
import type { TranslateOptions } from '../translate-options.ts';

/** An object that has a say in the requests of all namespaces. */
export interface Governing {
  readonly spec: { readonly ambassador_id?: readonly string[] };
}

/** The kinds of such objects. */
const governingKinds = [
  'Module',
  'AuthService',
  'RateLimitService',
  'LogService',
  'TracingService',
] as const;

/** By kind, what is said of such objects that are of no trusted namespace. */
export type ForeignGovernors = Readonly<
  Record<(typeof governingKinds)[number], Mapped<ObjectKey, Governing, readonly Problem[]>>
>;

/** Says whether an object may govern all namespaces: with isolation those of trusted namespaces alone. */
export const mayGovern = (options: TranslateOptions): ((key: ObjectKey) => boolean) => {
  if (options.isolation !== true) return () => true;
  const trusted = trustedNamespaces(options);
  return (key) => trusted.includes(namespaceOf(key));
};

/** Says whether an object has a say in the requests of this installation: it is for it, and may govern all namespaces. */
export const governs = (
  options: TranslateOptions,
): ((object: Governing, key: ObjectKey) => boolean) => {
  const isGoverning = mayGovern(options);
  return ({ spec }, key) =>
    isGoverning(key) && isForInstallation(spec.ambassador_id, options.ambassadorId);
};

/** Tells the owners of such objects in other namespaces that they govern everybody, or nobody. */
export const foreignGovernors = (options: TranslateOptions) => {
  const trusted = trustedNamespaces(options);
  const noticed = (kind: string) =>
    mapEach(({ spec }: Governing, key: ObjectKey): readonly Problem[] | undefined => {
      const namespace = namespaceOf(key);
      if (trusted.includes(namespace)) return undefined;
      if (!isForInstallation(spec.ambassador_id, options.ambassadorId)) return undefined;
      const object = objectRef(kind, key);
      return [options.isolation === true ? idle(object) : foreign(object, namespace)];
    });
  const steps = governingKinds.map((kind) => [kind, noticed(kind)] as const);
  return function* (
    previous: ForeignGovernors | undefined,
    { objects }: SyncedStore,
  ): Work<ForeignGovernors> {
    const said: Partial<Record<keyof ForeignGovernors, ForeignGovernors['Module']>> = {};
    for (const [kind, step] of steps) {
      const all: Collection<ObjectKey, Governing> = objects[kind];
      said[kind] = yield* step(previous?.[kind], all);
    }
    return said as ForeignGovernors;
  };
};

const idle = (object: ObjectRef): Problem => ({
  _tag: 'NotAttached',
  object,
  field: '',
  reason:
    'expected it in a trusted namespace: it is for the requests of all namespaces, which are isolated',
});

const foreign = (object: ObjectRef, namespace: string): Problem => ({
  _tag: 'Note',
  object,
  field: '',
  note: `it is for the requests of all namespaces, and of namespace ${namespace}, which is not trusted`,
});
