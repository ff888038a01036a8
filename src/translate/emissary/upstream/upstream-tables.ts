import { definedOnly } from '../../../collection/defined-only.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import type { Tables } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import { objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import type { Service } from '../../../kube/core/service.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { ConsulResolver } from '../../../kube/emissary/consul-resolver.ts';
import type { Resolver } from '../../../kube/emissary/resolver.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { ContextTables } from '../context/context-named.ts';
import type { MappingDefaults } from '../module/mapping-defaults.ts';
import { consulPlace, type ConsulPlace } from './consul-place.ts';
import type { ResolverObject, ResolverTables } from './resolver.ts';
import { consulResolverName } from './upstream-cluster.ts';

/** What services are found with: resolvers, TLSContexts, and more. */
export type UpstreamTables = ResolverTables &
  ContextTables & {
    /** The TCP ports of each Service. */
    readonly ports: readonly number[];
    /** What the Module of the gateway says, by its name. */
    readonly defaults: MappingDefaults;
  };

type ByName<A = Resolver> = Grouped<ObjectKey, A, string, ResolverObject>;

/** The tables, for all kinds of objects that send requests to services. */
export interface UpstreamLookup {
  readonly endpointResolvers: ByName;
  readonly serviceResolvers: ByName;
  readonly consulResolvers: ByName<ConsulResolver>;
  /** Where each of our ConsulResolvers asks. */
  readonly consulPlaces: Mapped<ObjectKey, ConsulResolver, ConsulPlace>;
  /** All that is needed of a Service, so that its other edits compile nothing anew. */
  readonly servicePorts: Mapped<ObjectKey, Service, readonly number[]>;
  readonly tables: Tables<UpstreamTables>;
}

/** Finds our resolvers, and the ports of Services. */
export const upstreamLookup = (options: TranslateOptions) => {
  const { ambassadorId } = options;
  const byName = <A extends Resolver | ConsulResolver>(
    kind: string,
    resolverOf: (key: ObjectKey) => ResolverObject['resolver'],
  ) =>
    groupBy(({ metadata, spec }: A, key: ObjectKey) => {
      if (!isForInstallation(spec?.ambassador_id, ambassadorId)) return [];
      const { name, creationTimestamp: created } = metadata;
      const resolver = resolverOf(key);
      return [
        [name, definedOnly<ResolverObject>({ ref: objectRef(kind, key), created, resolver })],
      ];
    });
  const endpointResolversOf = byName<Resolver>('KubernetesEndpointResolver', () => 'endpoint');
  const serviceResolversOf = byName<Resolver>('KubernetesServiceResolver', () => 'service');
  const consulResolversOf = byName<ConsulResolver>('ConsulResolver', consulResolverName);
  const consulPlacesOf = mapEach(consulPlace(options));
  return function* (
    previous: UpstreamLookup | undefined,
    { objects }: SyncedStore,
    grants: Tables<UpstreamTables>['grants'],
    contexts: Tables<UpstreamTables>['contexts'],
    defaults: Tables<UpstreamTables>['defaults'],
  ): Work<UpstreamLookup> {
    const endpointResolvers = yield* endpointResolversOf(
      previous?.endpointResolvers,
      objects.KubernetesEndpointResolver,
    );
    const serviceResolvers = yield* serviceResolversOf(
      previous?.serviceResolvers,
      objects.KubernetesServiceResolver,
    );
    const consulResolvers = yield* consulResolversOf(
      previous?.consulResolvers,
      objects.ConsulResolver,
    );
    const consulPlaces = yield* consulPlacesOf(previous?.consulPlaces, objects.ConsulResolver);
    const servicePorts = yield* tcpPortsOf(previous?.servicePorts, objects.Service);
    return {
      endpointResolvers,
      serviceResolvers,
      consulResolvers,
      consulPlaces,
      servicePorts,
      tables: {
        endpointResolvers: endpointResolvers.output,
        serviceResolvers: serviceResolvers.output,
        consulResolvers: consulResolvers.output,
        ports: servicePorts.output,
        grants,
        contexts,
        defaults,
      },
    };
  };
};

const tcpPortsOf = mapEach(({ spec }: Service, _: ObjectKey): readonly number[] =>
  spec.ports.filter(({ protocol }) => protocol === 'TCP').map(({ port }) => port),
);
