import { empty, from, get, type Collection } from '../../../collection/collection.ts';
import {
  joinEach,
  type Joined,
  type Read,
  type Tables,
} from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { OwnStep } from '../../../collection/operator/own-step.ts';
import { union, unionOf, type United, type UnitedAll } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import { objectKey, type ObjectKey } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { Secret as SecretObject } from '../../../kube/core/secret.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import { certificateNames } from '../../../kube/secret/certificate-names.ts';
import { fallbackSecretName } from '../../../kube/secret/fallback-secret.ts';
import { whyNoCertificate } from '../../../kube/secret/secret-data.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { ContextGraph } from '../context/context-graph.ts';
import {
  attachHost,
  type AttachedHost,
  type AttachmentTables,
  type HeldCertificate,
} from './attachment.ts';
import { contextualHosts, type ContextualHosts } from './contextual-hosts.ts';
import { refusingHost, unreadHosts, type UnreadHosts } from './unread-hosts.ts';

/** From Host objects to the Listeners that take them. */
export interface HostGraph {
  readonly ours: Mapped<ObjectKey, Host, Host>;
  /** The default Host, where there is none of ours. */
  readonly default: OwnStep<DefaultInputs, Hosts>;
  /** Ours, with those that TLS entries of Ingresses stand for. */
  readonly named: United<ObjectKey, Host>;
  readonly all: United<ObjectKey, Host>;
  readonly secrets: Mapped<SecretName, SecretObject, HeldCertificate>;
  readonly unread: UnreadHosts;
  readonly readable: Joined<ObjectKey, Host, AttachmentTables, AttachedHost>;
  /** The default Host: nobody is told of its problems. */
  readonly silent: Joined<ObjectKey, Host, AttachmentTables, AttachedHost>;
  readonly refusing: Joined<ObjectKey, Host, AttachmentTables, AttachedHost>;
  readonly attached: UnitedAll<ObjectKey, AttachedHost>;
  readonly contextual: ContextualHosts;
}

type Hosts = Collection<ObjectKey, Host>;

type DefaultInputs = Readonly<{
  ours: Hosts;
  unread: Hosts;
  secrets: Collection<SecretName, SecretObject>;
}>;

/**
 * Attaches our Hosts to Listeners. Without any Host there is a default one, for all host names: where there
 * is the Secret `fallback-self-signed-cert` it serves TLS and redirects cleartext to it, else it routes
 * cleartext. Nobody is told of its problems. An Ingress takes it from nobody.
 */
export const hostGraph = (options: TranslateOptions) => {
  const { ambassadorId, namespace } = options;
  const oursOf = mapEach((host: Host, _: ObjectKey) =>
    isForInstallation(host.spec.ambassador_id, ambassadorId) ? host : undefined,
  );
  const fallbackSecret = objectKey(namespace, fallbackSecretName);
  const cleartextDefault = defaultHost(namespace, {
    requestPolicy: { insecure: { action: 'Route' } },
  });
  const tlsDefault = defaultHost(namespace, { tlsSecret: { name: fallbackSecretName } });
  const noDefault = empty<ObjectKey, Host>();
  const contextualOf = contextualHosts(options);
  const unreadOf = unreadHosts(options);
  const attach = attachHost(options);
  const attachEach = joinEach(attach);
  const attachDefault = joinEach(
    (host: Host, key: ObjectKey, read: Read<AttachmentTables>): AttachedHost => ({
      ...attach(host, key, read),
      problems: [],
    }),
  );
  const refuseEach = joinEach((host: Host, key: ObjectKey, read: Read<AttachmentTables>) =>
    refusingHost(attach(host, key, read)),
  );
  const defaultFor = ({ ours, unread, secrets }: DefaultInputs): Hosts => {
    if (ours.size + unread.size > 0) return noDefault;
    return get(secrets, fallbackSecret) === undefined ? cleartextDefault : tlsDefault;
  };
  return function* (
    previous: HostGraph | undefined,
    store: SyncedStore,
    bindings: Tables<AttachmentTables>['bindings'],
    grants: Tables<AttachmentTables>['grants'],
    contexts: ContextGraph,
    parts: Hosts,
  ): Work<HostGraph> {
    const { objects, problems } = store;
    const ours = yield* oursOf(previous?.ours, objects.Host);
    const unread = yield* unreadOf(previous?.unread, store);
    const known = { ours: ours.output, unread: unread.hosts.output, secrets: objects.Secret };
    const byDefault = { operator: 'own', inputs: known, output: defaultFor(known) } as const;
    const named = yield* union(previous?.named, ours.output, parts);
    const all = yield* union(previous?.all, named.output, byDefault.output);
    const secrets = yield* heldBy(previous?.secrets, objects.Secret);
    const certificates = secrets.output;
    const tables = { bindings, certificates, faults: problems, grants };
    const readable = yield* attachEach(previous?.readable, named.output, tables);
    const silent = yield* attachDefault(previous?.silent, byDefault.output, tables);
    const refusing = yield* refuseEach(previous?.refusing, unread.hosts.output, tables);
    const attached = yield* unionOf(previous?.attached, [
      readable.output,
      silent.output,
      refusing.output,
    ]);
    const inputs = { attached: attached.output, objects: all.output, certificates, grants };
    const contextual = yield* contextualOf(previous?.contextual, inputs, contexts);
    return {
      ...{ ours, unread, default: byDefault, named, all, secrets },
      ...{ readable, silent, refusing, attached, contextual },
    };
  };
};

const heldBy = mapEach((secret: SecretObject, _: SecretName): HeldCertificate =>
  secret.certificateChain === undefined || secret.privateKey === undefined
    ? whyNoCertificate(secret)
    : certificateNames(secret),
);

const defaultHost = (namespace: string, spec: Host['spec']): Hosts => {
  const name = 'default-host';
  const metadata = { name, namespace, labels: {} };
  return from([[objectKey(namespace, name), { metadata, spec: { hostname: '*', ...spec } }]]);
};
