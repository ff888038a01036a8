import { values } from '../collection/collection.ts';
import { fold } from '../collection/operator/fold.ts';
import { secretsOfCluster, type Cluster, type ClusterName } from '../ir/cluster.ts';
import type { Endpoints, EndpointsName } from '../ir/endpoints.ts';
import { secretsOfChain, type FilterChain, type FilterChainKey } from '../ir/filter-chain.ts';
import type { Ir } from '../ir/ir.ts';
import { objectRef, type ObjectRef } from '../ir/object-ref.ts';
import type { SecretName } from '../ir/secret.ts';
import { plainCertificate, type ServedName, type ServerNames } from '../ir/server-name.ts';
import type { VirtualHost, VirtualHostKey } from '../ir/virtual-host.ts';

/** Whether a Secret is served on demand, for the name alone. */
export const isOnDemand = ({ certificates }: Ir, name: SecretName): boolean =>
  servedOnDemand(certificates).has(name);

/** Whether a filter chain or a cluster names a Secret, or a trust bundle that is made from it. */
export const isUsed = (
  { filterChains, clusters, trustBundles }: Ir,
  secret: SecretName,
): boolean => {
  const bundles = [...values(trustBundles)].filter(({ from }) =>
    from.includes(objectRef('Secret', secret)),
  );
  const names = [secret, ...bundles.map(({ name }) => name)];
  const used = [namedByChains(filterChains), namedByClusters(clusters)];
  return names.some((name) => used.some((all) => all.has(name)));
};

/** Whether requests are served, or connections taken, because of an object. */
export const isServed = ({ virtualHosts, filterChains }: Ir, ref: ObjectRef): boolean =>
  behindHosts(virtualHosts).has(ref) || behindChains(filterChains).has(ref);

/** All names in a collection. As long as an object is refused this is asked at each change. */
const namesIn = <K extends string, V>(namesOf: (value: V) => readonly string[]) =>
  fold<K, V, ReadonlySet<string>>(
    (value) => setOf(namesOf(value)),
    (parts) => {
      const [first = noNames, ...others] = parts.filter(({ size }) => size > 0);
      return others.length === 0 ? first : setOf([first, ...others].flatMap((part) => [...part]));
    },
  );

const setOf = (names: readonly string[]): ReadonlySet<string> =>
  names.length === 0 ? noNames : new Set(names);

const noNames: ReadonlySet<string> = new Set();

/** Whether endpoints are made from an object. */
export const isBehindEndpoints = ({ endpoints }: Ir, ref: ObjectRef): boolean =>
  behindEndpoints(endpoints).has(ref);

const behindEndpoints = namesIn<EndpointsName, Endpoints>(({ from }) => from);

const behindHosts = namesIn<VirtualHostKey, VirtualHost>(({ from, routes }) => [
  ...from,
  ...routes.flatMap((route) => route.from),
]);

const behindChains = namesIn<FilterChainKey, FilterChain>(({ from }) => from);

const namedByChains = namesIn<FilterChainKey, FilterChain>(secretsOfChain);

const namedByClusters = namesIn<ClusterName, Cluster>(secretsOfCluster);

const servedOnDemand = namesIn<ServerNames, ServedName>((served) => {
  const secret = plainCertificate(served);
  return secret === undefined ? [] : [secret];
});
