import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ModuleConfig } from '../../../kube/emissary/module/module-config.ts';
import { useOf } from '../../../kube/emissary/module/module-keys.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { mappingDefaultFaults } from './mapping-default-faults.ts';
import { runtimeFlagFaults } from './runtime-flags.ts';
import { unaskedCertificates } from './unasked-certificates.ts';

/** What the owner of a Module is told of its keys: of those that do nothing, and of those that cannot be done. */
export const moduleFaults = (object: ObjectRef, config: ModuleConfig): readonly Problem[] => [
  ...faultsOfKeys(object, config),
  ...mappingDefaultFaults(object, config),
  ...runtimeFlagFaults(object, config),
  ...unaskedCertificates(object, 'spec.config.tls', config.tls),
  ...believedClients(object, config),
];

const faultsOfKeys = (object: ObjectRef, config: ModuleConfig): readonly Problem[] =>
  Object.entries(config).flatMap(([key, value]): readonly Problem[] => {
    const use = useOf(key);
    const field = `spec.config.${key}`;
    if (use === undefined) return [];
    if ('inert' in use) return [{ _tag: 'Note', object, field, note: `no effect: ${use.inert}` }];
    if ('refused' in use)
      return [
        { _tag: 'InvalidField', object, field, expected: use.refused, got: JSON.stringify(value) },
      ];
    return [];
  });

const believedClients = (
  object: ObjectRef,
  { use_remote_address }: ModuleConfig,
): readonly Problem[] =>
  use_remote_address === false
    ? [
        {
          _tag: 'Note',
          object,
          field: 'spec.config.use_remote_address',
          note: 'every client is believed, as in Emissary: with X-Forwarded-Proto: https its requests in cleartext also reach Hosts that ask for client certificates, and X-Forwarded-For says which address it has; behind proxies use l7Depth of a Listener',
        },
      ]
    : noProblems;
