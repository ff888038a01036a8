import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import {
  authModule,
  gatewayModule,
  tlsModule,
  type Module,
} from '../../../kube/emissary/module/module.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { unaskedCertificates } from './unasked-certificates.ts';

/** What is said of each Module that has not the name of the one with the settings of the gateway. */
export type OtherModules = Mapped<ObjectKey, Module, readonly Problem[]>;

/** Tells the owners of Modules with other names what to write in their place. */
export const otherModules = ({ ambassadorId }: TranslateOptions) => {
  const toldEach = mapEach(
    ({ metadata, spec }: Module, key: ObjectKey): readonly Problem[] | undefined =>
      [gatewayModule, authModule].includes(metadata.name) ||
      !isForInstallation(spec.ambassador_id, ambassadorId)
        ? undefined
        : told(objectRef('Module', key), metadata.name, spec.config.tls),
  );
  return (previous: OtherModules | undefined, { objects }: SyncedStore) =>
    toldEach(previous, objects.Module);
};

const told = (object: ObjectRef, name: string, tls: unknown): readonly Problem[] => [
  {
    _tag: 'NotAttached',
    object,
    field: 'metadata.name',
    reason:
      name === tlsModule
        ? 'TLS is not set up by a Module: a Host names the Secret with its certificate (tlsSecret), and a TLSContext says how TLS is spoken'
        : `a Module has the settings of the gateway if its name is "${gatewayModule}", and else no effect`,
  },
  ...unaskedCertificates(object, 'spec.config', tls),
];
