import { from, values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Tables } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { OwnStep } from '../../../collection/operator/own-step.ts';
import type { Work } from '../../../collection/work.ts';
import type { Cluster, ClusterName } from '../../../ir/cluster.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../../ir/filter/filter.ts';
import { refParts, type ObjectKey } from '../../../ir/object-ref.ts';
import type { AuthService } from '../../../kube/emissary/auth-service.ts';
import type { Module } from '../../../kube/emissary/module/module.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { governs, type Governing } from '../governing.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';
import { authFilter } from './auth-filter.ts';
import { authModuleSource, authServiceSource, type AuthSource } from './auth-source.ts';
import { settleAuth, type AuthTables, type SettledAuth } from './settle-auth.ts';

/** From AuthServices to the one filter that asks them. */
export interface AuthGraph {
  readonly services: Grouped<ObjectKey, AuthService, 'all', AuthSource>;
  readonly modules: Grouped<ObjectKey, Module, 'all', AuthSource>;
  readonly place: typeof place;
  readonly settled: Joined<FilterName, true, AuthTables, SettledAuth>;
  readonly filters: Mapped<FilterName, SettledAuth, HttpFilter>;
  readonly users: Readonly<Record<(typeof userKinds)[number], UsersOfKind>>;
}

/** The objects of a kind whose services are asked, each with the cluster. */
interface UsersOfKind {
  readonly asked: Grouped<FilterName, SettledAuth, ObjectKey, Cluster>;
  readonly entries: Mapped<ObjectKey, Collection<FilterName, Cluster>, Cluster>;
  readonly byCluster: Grouped<ObjectKey, Cluster, ClusterName, Cluster>;
}

const userKinds = ['AuthService', 'Module'] as const;

/** Settles who is asked. `unread` holds something under `all` where an object cannot be read that may say so. */
export const authGraph = (options: TranslateOptions) => {
  const isOurs = governs(options);
  const sourcesOf = <A extends Governing>(
    of: (object: A, key: ObjectKey) => AuthSource | undefined,
  ) =>
    groupBy((object: A, key: ObjectKey) => {
      const source = isOurs(object, key) ? of(object, key) : undefined;
      return source === undefined ? [] : [['all', source] as const];
    });
  const servicesOf = sourcesOf(authServiceSource);
  const modulesOf = sourcesOf(authModuleSource);
  const settleEach = joinEach(settleAuth(options));
  return function* (
    previous: AuthGraph | undefined,
    { objects }: SyncedStore,
    unread: Collection<'all', unknown>,
    upstreams: Tables<UpstreamTables>,
  ): Work<AuthGraph> {
    const services = yield* servicesOf(previous?.services, objects.AuthService);
    const modules = yield* modulesOf(previous?.modules, objects.Module);
    const settled = yield* settleEach(previous?.settled, place.output, {
      ...{ services: services.output, modules: modules.output, unread },
      ...upstreams,
    });
    const filters = yield* filterEach(previous?.filters, settled.output);
    const users = {
      AuthService: yield* usersOf('AuthService')(previous?.users.AuthService, settled.output),
      Module: yield* usersOf('Module')(previous?.users.Module, settled.output),
    };
    return { services, modules, place, settled, filters, users };
  };
};

/** The clusters that are asked. */
export const clustersOfAuth = ({ users }: AuthGraph): readonly Upstreams<Cluster>[] =>
  userKinds.map((kind) => ({
    kind,
    byCluster: users[kind].byCluster.output,
    entries: users[kind].entries.output,
    clustersOf: nameOf,
  }));

/** One function: what is said of equal things is equal. */
const nameOf = ({ name }: Cluster): readonly ClusterName[] => [name];

/** The place of the filter, which there is always. */
const place: OwnStep<Readonly<Record<never, never>>, Collection<FilterName, true>> = {
  operator: 'own',
  inputs: {},
  output: from([[authFilter, true]]),
};

const filterEach = mapEach(({ filter }: SettledAuth, _: FilterName) => filter);

const usersOf = (kind: string) =>
  function* (
    previous: UsersOfKind | undefined,
    settled: Collection<FilterName, SettledAuth>,
  ): Work<UsersOfKind> {
    const asked = yield* askedOf(kind)(previous?.asked, settled);
    const entries = yield* firstEach(previous?.entries, asked.output);
    return { asked, entries, byCluster: yield* byName(previous?.byCluster, entries.output) };
  };

const askedOf = (kind: string) =>
  groupBy(({ members, cluster }: SettledAuth, _: FilterName) =>
    members.flatMap((ref) => {
      const [ofKind, key] = refParts(ref);
      return cluster === undefined || ofKind !== kind ? [] : [[key, cluster] as const];
    }),
  );

const firstEach = mapEach((all: Collection<FilterName, Cluster>, _: ObjectKey) => {
  const [first] = values(all);
  return first;
});

const byName = groupBy((cluster: Cluster, _: ObjectKey) => [[cluster.name, cluster] as const]);
