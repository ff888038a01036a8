import { from, get, type Collection } from '../../../collection/collection.ts';
import { joinEach, type Joined, type Tables } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import { objectKey, type ObjectKey } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { Secret as SecretObject } from '../../../kube/core/secret.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { attachHost, type AttachedHost, type AttachmentTables } from './attachment.ts';

/** From Host objects to the Listeners that take them. */
export interface HostGraph {
  readonly ours: Mapped<ObjectKey, Host, Host>;
  readonly complete: Mapped<SecretName, SecretObject, boolean>;
  readonly attached: Joined<ObjectKey, Host, AttachmentTables, AttachedHost>;
}

/** The Secret of the certificate that a Listener serves while there is no Host. */
export const fallbackSecretName = 'fallback-self-signed-cert';

/**
 * Attaches our Hosts to Listeners. Without any Host there is a default one, for all host names: it routes
 * cleartext, and serves TLS where there is the Secret `fallback-self-signed-cert`.
 */
export const hostGraph = ({ ambassadorId, namespace }: TranslateOptions) => {
  const oursOf = mapEach((host: Host, _: ObjectKey) =>
    isForInstallation(host.spec.ambassador_id, ambassadorId) ? host : undefined,
  );
  const attachEach = joinEach(attachHost);
  const fallbackSecret = objectKey(namespace, fallbackSecretName);
  const cleartextDefault = defaultHost(namespace, {});
  const tlsDefault = defaultHost(namespace, { tlsSecret: { name: fallbackSecretName } });
  return function* (
    previous: HostGraph | undefined,
    { objects, problems }: SyncedStore,
    bindings: Tables<AttachmentTables>['bindings'],
  ): Work<HostGraph> {
    const ours = yield* oursOf(previous?.ours, objects.Host);
    const orDefault =
      get(objects.Secret, fallbackSecret) === undefined ? cleartextDefault : tlsDefault;
    const hosts = ours.output.size === 0 ? orDefault : ours.output;
    const complete = yield* completeOf(previous?.complete, objects.Secret);
    const tables = { bindings, certificates: complete.output, faults: problems };
    return { ours, complete, attached: yield* attachEach(previous?.attached, hosts, tables) };
  };
};

const completeOf = mapEach(
  ({ certificateChain, privateKey }: SecretObject, _: SecretName) =>
    certificateChain !== undefined && privateKey !== undefined,
);

const defaultHost = (
  namespace: string,
  tls: Pick<Host['spec'], 'tlsSecret'>,
): Collection<ObjectKey, Host> =>
  from([
    [
      objectKey(namespace, 'default-host'),
      {
        metadata: { name: 'default-host', namespace, labels: {} },
        spec: { hostname: '*', requestPolicy: { insecure: { action: 'Route' } }, ...tls },
      },
    ],
  ]);
