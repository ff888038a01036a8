import type { Read } from '../../collection/operator/join-each.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import { isForInstallation } from '../../kube/emissary/installation.ts';
import type { Problem } from '../../problem/problem.ts';

/** What is known of an object that cannot be read. */
export interface UnreadTables {
  readonly versions: { readonly ambassadorId?: readonly string[] };
  readonly faults: readonly Problem[];
}

/** Whether a problem says that an object cannot be read. */
export const isRefusal = (
  problem: Problem,
): problem is Extract<Problem, { readonly _tag: 'InvalidField' | 'UnsupportedVersion' }> =>
  problem._tag === 'InvalidField' || problem._tag === 'UnsupportedVersion';

/** The fields of an object because of which it cannot be read; absent if that is not known. */
export const faultyFields = (
  ref: ObjectRef,
  read: Read<UnreadTables>,
): readonly string[] | undefined =>
  read('faults', ref)
    ?.filter(isRefusal)
    .map(({ field }) => field);

/** Whether an object that cannot be read may be for an installation: it is not known to be for others. */
export const mayBeFor = (
  installation: string,
  ref: ObjectRef,
  read: Read<UnreadTables>,
): boolean => {
  const isKnown =
    faultyFields(ref, read)?.some((field) => hidesInstallations.test(field)) === false;
  const version = isKnown ? read('versions', ref) : undefined;
  return version === undefined || isForInstallation(version.ambassadorId, installation);
};

/** A field with a fault because of which it is not known for which installations its object is. */
const hidesInstallations = /^(spec(\.ambassador_id.*)?)?$/;
