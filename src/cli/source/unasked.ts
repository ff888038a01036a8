import { entries } from '../../collection/collection.ts';
import { objectRef } from '../../ir/object-ref.ts';
import { isForInstallation } from '../../kube/emissary/installation.ts';
import type { ObjectStore } from '../../kube/store/object-store.ts';
import type { Problem } from '../../problem/problem.ts';

/** A note for each ConsulResolver of an installation: who only reads files asks no Consul. */
export const unasked = ({ objects }: ObjectStore, ambassadorId: string): readonly Problem[] =>
  [...entries(objects.ConsulResolver)].flatMap(([key, { spec }]): readonly Problem[] => {
    if (!isForInstallation(spec.ambassador_id, ambassadorId)) return [];
    const note = 'Consul is not asked here: whether it answers, and what, is not known';
    return [{ _tag: 'Note', object: objectRef('ConsulResolver', key), field: '', note }];
  });
