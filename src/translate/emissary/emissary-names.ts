import type { Joined } from '../../collection/operator/join-each.ts';
import type { Work } from '../../collection/work.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { ServerNameClaims, Ports } from '../contribution/contribution.ts';
import type { TranslateOptions } from '../translate-options.ts';
import type { EmissaryPorts } from './emissary-ports.ts';
import { hostGraph, type HostGraph } from './host/host-graph.ts';
import { nameOwners, type NameOwners } from './host/name-owners.ts';
import { servedNames, type ServedNames } from './host/served-names.ts';
import { bindingGraph, type BindingGraph } from './listener/binding-graph.ts';
import {
  boundListenerEach,
  type BoundListener,
  type BoundListenerTables,
} from './listener/bound-listener.ts';
import type { ListenerBinding } from './listener/listener-binding.ts';
import { connectedHosts, type ConnectedHosts } from './tcp/connected-hosts.ts';
import { tcpNames, type TcpNames } from './tcp/tcp-names.ts';

/** What Emissary's Hosts serve on the addresses that its Listeners have. */
export interface EmissaryNames extends ServerNameClaims {
  readonly bindings: BindingGraph;
  readonly hosts: HostGraph;
  readonly owners: NameOwners;
  readonly served: ServedNames;
  readonly tcpNames: TcpNames;
  readonly connected: ConnectedHosts;
  readonly boundListeners: Joined<ObjectKey, ListenerBinding, BoundListenerTables, BoundListener>;
}

/** The second part: Hosts bind to Listeners that have their port, and names have one owner. */
export const emissaryNames = (options: TranslateOptions) => {
  const hostsOf = hostGraph(options);
  const tcpNamesOf = tcpNames(options);
  return function* (
    previous: EmissaryNames | undefined,
    store: SyncedStore,
    { compiled, grants, contexts, ingresses, tcp }: EmissaryPorts,
    ports: Ports,
  ): Work<EmissaryNames> {
    const bindings = yield* bindingGraph(previous?.bindings, compiled.output, ports);
    const hosts = yield* hostsOf(
      previous?.hosts,
      store,
      bindings.all.output,
      grants.output,
      contexts,
      ingresses.hosts.output,
    );
    const owners = yield* nameOwners(previous?.owners, hosts.contextual.hosts.output);
    const served = yield* servedNames(previous?.served, owners.hosts.output);
    const { cleartext } = served;
    const tables = {
      hosts: owners.byHostname.output,
      defaults: hosts.default.output,
      contexts: contexts.byHost.output,
      certificates: hosts.secrets.output,
      grants: grants.output,
    };
    const ofTcp = yield* tcpNamesOf(previous?.tcpNames, tcp, ports, tables, served.serverNames);
    const connected = yield* connectedHosts(
      previous?.connected,
      ofTcp.settled.output,
      owners.hosts.output,
    );
    const boundListeners = yield* boundListenerEach(
      previous?.boundListeners,
      bindings.owned.output,
      { cleartext, connections: tcp.byListener.output },
    );
    return {
      ...{ bindings, hosts, owners, served, tcpNames: ofTcp, connected, boundListeners, cleartext },
      serverNames: ofTcp.serverNames.output,
    };
  };
};
