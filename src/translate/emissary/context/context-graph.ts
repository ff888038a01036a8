import { definedOnly } from '../../../collection/defined-only.ts';
import { empty, from, values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import {
  joinEach,
  type Joined,
  type Read,
  type Tables,
} from '../../../collection/operator/join-each.ts';
import type { OwnStep } from '../../../collection/operator/own-step.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import { normalHostname } from '../../../ir/hostname.ts';
import { objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import type { TrustBundle, TrustBundleName } from '../../../ir/trust-bundle.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { TLSContext } from '../../../kube/emissary/tls-context.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { compileTls } from './compile-tls.ts';
import { authoritiesIn, type SecretTables } from './find-secret.ts';
import type { Authority, CompiledContext, SpokenTls } from './spoken-tls.ts';
import { unreadContexts, type UnreadContexts } from './unread-contexts.ts';

/** From TLSContexts, and Hosts with TLS settings of their own, to how TLS is spoken, and who is trusted. */
export interface ContextGraph {
  /** Holds something if names of Secrets name no namespaces. */
  readonly plainNames: PlainNames;
  readonly contexts: Joined<ObjectKey, TLSContext, SecretTables, CompiledContext>;
  readonly unread: UnreadContexts;
  /** Those that can be read come before the others. */
  readonly known: United<ObjectKey, CompiledContext>;
  readonly byName: Grouped<ObjectKey, CompiledContext, string, CompiledContext>;
  /** By each of their `hosts`. */
  readonly byHost: Grouped<ObjectKey, CompiledContext, string, CompiledContext>;
  /** By the key of the Host. */
  readonly ofHosts: Joined<ObjectKey, Host, SecretTables, SpokenTls>;
  readonly trustedByContexts: Trusted;
  readonly trustedByHosts: Trusted;
  readonly trusted: United<TrustBundleName, Collection<ObjectKey, Authority>>;
  readonly bundles: Joined<
    TrustBundleName,
    Collection<ObjectKey, Authority>,
    Pick<SecretTables, 'secrets'>,
    TrustBundle
  >;
}

type Trusted = Grouped<ObjectKey, SpokenTls, TrustBundleName, Authority>;

type PlainNames = OwnStep<Readonly<Record<never, never>>, Collection<string, true>>;

const plainNamesOf = (output: Collection<string, true>): PlainNames => ({
  operator: 'own',
  inputs: {},
  output,
});

const allPlain = plainNamesOf(from([['all', true as const]]));
const nonePlain = plainNamesOf(empty());

/**
 * Compiles our TLSContexts and the TLS settings of our Hosts, each by itself. `namespacing` is what the Module
 * says of names of Secrets (`tls_secret_namespacing`).
 */
export const contextGraph = (options: TranslateOptions) => {
  const compile = compileTls(options);
  const unreadOf = unreadContexts(options);
  const isOurs = (ids: readonly string[] | undefined): boolean =>
    isForInstallation(ids, options.ambassadorId);
  const contextEach = joinEach(
    ({ metadata, spec }: TLSContext, key: ObjectKey, read: Read<SecretTables>) => {
      if (!isOurs(spec.ambassador_id)) return undefined;
      const ref = objectRef('TLSContext', key);
      const { namespace, creationTimestamp: created } = metadata;
      const asked = { ref, kind: 'TLSContext', namespace, at: 'spec', fields: spec } as const;
      return definedOnly<CompiledContext>({
        ...compile(asked, read),
        key,
        created,
        hosts: (spec.hosts ?? []).map(normalHostname),
      });
    },
  );
  const hostEach = joinEach(
    ({ metadata, spec }: Host, key: ObjectKey, read: Read<SecretTables>) => {
      if (!hasTls(spec) || !isOurs(spec.ambassador_id)) return undefined;
      const ref = objectRef('Host', key);
      const { namespace } = metadata;
      return compile(
        { ref, kind: 'Host', namespace, at: 'spec.tls', fields: spec.tls ?? {} },
        read,
      );
    },
  );
  return function* (
    previous: ContextGraph | undefined,
    store: SyncedStore,
    grants: Tables<SecretTables>['grants'],
    namespacing: boolean | undefined,
  ): Work<ContextGraph> {
    const { objects, problems } = store;
    const plainNames = namespacing === false ? allPlain : nonePlain;
    const tables = {
      ...{ secrets: objects.Secret, faults: problems, grants },
      plainNames: plainNames.output,
    };
    const contexts = yield* contextEach(previous?.contexts, objects.TLSContext, tables);
    const unread = yield* unreadOf(previous?.unread, store);
    const { closed } = unread;
    const known = yield* union(previous?.known, contexts.output, closed.output);
    const byName = yield* namesOf(previous?.byName, known.output);
    const byHost = yield* hostsOf(previous?.byHost, contexts.output);
    const ofHosts = yield* hostEach(previous?.ofHosts, objects.Host, tables);
    const trustedByContexts = yield* trustedBy(previous?.trustedByContexts, contexts.output);
    const trustedByHosts = yield* trustedBy(previous?.trustedByHosts, ofHosts.output);
    const trusted = yield* union<TrustBundleName, Collection<ObjectKey, Authority>>(
      previous?.trusted,
      trustedByContexts.output,
      trustedByHosts.output,
    );
    const bundles = yield* bundleEach(previous?.bundles, trusted.output, {
      secrets: objects.Secret,
    });
    return {
      ...{ plainNames, contexts, unread, known, byName, byHost, ofHosts },
      ...{ trustedByContexts, trustedByHosts, trusted, bundles },
    };
  };
};

/** Whether a Host says itself how TLS is spoken. */
export const hasTls = ({ tls }: Host['spec']): boolean => Object.keys(tls ?? {}).length > 0;

const namesOf = groupBy((context: CompiledContext, key: ObjectKey) => [
  [key.slice(key.indexOf('/') + 1), context] as const,
]);

const hostsOf = groupBy((context: CompiledContext, _: ObjectKey) =>
  [...new Set(context.hosts)].map((name) => [name, context] as const),
);

const trustedBy = groupBy(({ authority }: SpokenTls, _: ObjectKey) =>
  authority === undefined ? [] : [[authority.bundle, authority] as const],
);

/** Of a bundle that lacks anything nothing is sent, so that it trusts nobody. */
const bundleEach = joinEach(
  (
    users: Collection<ObjectKey, Authority>,
    name: TrustBundleName,
    read: Read<Pick<SecretTables, 'secrets'>>,
  ): TrustBundle | undefined => {
    const [authority] = values(users);
    if (authority === undefined) return undefined;
    const { authorities: of, revocations: list } = authority;
    const secret = read('secrets', of);
    const authorities = secret && authoritiesIn(secret);
    const revocations = list === undefined ? undefined : read('secrets', list)?.revocations;
    if (authorities === undefined || (list !== undefined && revocations === undefined))
      return undefined;
    const keys = list === undefined || list === of ? [of] : [of, list];
    return definedOnly<TrustBundle>({
      name,
      authorities,
      revocations,
      from: keys.map((key) => objectRef('Secret', key)),
    });
  },
);
