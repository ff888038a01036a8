import { empty, from, get, type Collection } from '../../../collection/collection.ts';
import { fold } from '../../../collection/operator/fold.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import {
  joinEach,
  type Joined,
  type Read,
  type Tables,
} from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { FilterChain, FilterChainKey } from '../../../ir/listener.ts';
import { objectKey, objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import type { Secret, SecretName } from '../../../ir/secret.ts';
import type { Secret as SecretObject } from '../../../kube/core/secret.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import { certificateGraph, type CertificateGraph } from '../../assemble/certificate-graph.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { isForInstallation } from '../ambassador-id.ts';
import { attachHost, type AttachedHost, type AttachmentTables } from './attachment.ts';
import { bindHost, type BindingTables, type BoundHost } from './binding.ts';
import { byHostPrecedence } from './host-precedence.ts';

/** From Host objects to filter chains and certificates. */
export interface HostGraph {
  readonly ours: Mapped<ObjectKey, Host, Host>;
  readonly complete: Mapped<SecretName, SecretObject, boolean>;
  readonly attached: Joined<ObjectKey, Host, AttachmentTables, AttachedHost>;
  readonly certificates: CertificateGraph;
  readonly bound: Joined<ObjectKey, AttachedHost, BindingTables, BoundHost>;
  readonly chainGroups: Grouped<ObjectKey, BoundHost, FilterChainKey, BoundHost>;
  readonly filterChains: Mapped<FilterChainKey, Collection<ObjectKey, BoundHost>, FilterChain>;
  readonly secretUsers: Grouped<ObjectKey, BoundHost, SecretName, true>;
  readonly secrets: Joined<SecretName, Collection<ObjectKey, true>, SecretTables, Secret>;
}

/** The Secret of the certificate that a Listener serves while there is no Host. */
export const fallbackSecretName = 'fallback-self-signed-cert';

/**
 * Binds our Hosts to Listeners. Without any Host there is a default one, for all host names: it routes
 * cleartext, and serves TLS where there is the Secret `fallback-self-signed-cert`.
 */
export const hostGraph = ({ ambassadorId, namespace }: TranslateOptions) => {
  const oursOf = mapEach((host: Host, _: ObjectKey) =>
    isForInstallation(host.spec.ambassador_id, ambassadorId) ? host : undefined,
  );
  const attachEach = joinEach(attachHost);
  const bindEach = joinEach(bindHost);
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
    const attached = yield* attachEach(previous?.attached, hosts, tables);
    const certificates = yield* certificateGraph(
      previous?.certificates,
      attached.output,
      get(bindings, 'all') ?? empty(),
    );
    const { layouts } = certificates;
    const bound = yield* bindEach(previous?.bound, attached.output, { layouts });
    const chainGroups = yield* chainsOf(previous?.chainGroups, bound.output);
    const secretUsers = yield* usersOf(previous?.secretUsers, bound.output);
    return {
      ours,
      complete,
      attached,
      certificates,
      bound,
      chainGroups,
      filterChains: yield* filterChainEach(previous?.filterChains, chainGroups.output),
      secretUsers,
      secrets: yield* secretEach(previous?.secrets, secretUsers.output, {
        secrets: objects.Secret,
      }),
    };
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

const chainsOf = groupBy((host: BoundHost, _: ObjectKey) =>
  host.chains.map(([key]) => [key, host] as const),
);

/** Hosts that share a server name share a chain: that of the first by precedence. */
const filterChainEach = mapEach(
  (hosts: Collection<ObjectKey, BoundHost>, key: FilterChainKey): FilterChain | undefined =>
    firstOf(hosts)?.chains.find(([one]) => one === key)?.[1],
);

/** By subtrees, since every Host shares the cleartext chain of a Listener. */
const firstOf = fold<ObjectKey, BoundHost, BoundHost | undefined>(
  (host) => host,
  (below) => below.filter((one) => one !== undefined).sort(byHostPrecedence)[0],
);

const usersOf = groupBy(({ secret }: BoundHost, _: ObjectKey) =>
  secret === undefined ? [] : [[secret, true as const] as const],
);

interface SecretTables {
  readonly secrets: SecretObject;
}

const secretEach = joinEach(
  (
    _: Collection<ObjectKey, true>,
    name: SecretName,
    read: Read<SecretTables>,
  ): Secret | undefined => {
    const { certificateChain, privateKey } = read('secrets', name) ?? {};
    return certificateChain === undefined || privateKey === undefined
      ? undefined
      : { name, certificateChain, privateKey, from: [objectRef('Secret', name)] };
  },
);
