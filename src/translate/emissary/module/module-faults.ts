import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ModuleConfig } from '../../../kube/emissary/module/module-config.ts';
import { useOf } from '../../../kube/emissary/module/module-keys.ts';
import type { Problem } from '../../../problem/problem.ts';
import { mappingDefaultFaults } from './mapping-default-faults.ts';
import { runtimeFlagFaults } from './runtime-flags.ts';

/** What the owner of a Module is told of its keys: of those that do nothing, and of those that cannot be done. */
export const moduleFaults = (object: ObjectRef, config: ModuleConfig): readonly Problem[] => [
  ...faultsOfKeys(object, config),
  ...mappingDefaultFaults(object, config),
  ...runtimeFlagFaults(object, config),
];

const faultsOfKeys = (object: ObjectRef, config: ModuleConfig): readonly Problem[] =>
  Object.entries(config).flatMap(([key, value]): readonly Problem[] => {
    const use = useOf(key);
    const field = `spec.config.${key}`;
    if (use === undefined) return [];
    if ('inert' in use)
      return [{ _tag: 'Note', object, field, note: `it has no effect: ${use.inert}` }];
    if ('refused' in use)
      return [
        { _tag: 'InvalidField', object, field, expected: use.refused, got: JSON.stringify(value) },
      ];
    return [];
  });
