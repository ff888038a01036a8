import type { Work } from '../../collection/work.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import { grantsByNamespace, type Grants } from '../grants.ts';
import type { TranslateOptions } from '../translate-options.ts';
import { contextGraph, type ContextGraph } from './context/context-graph.ts';
import { ingressGraph, type IngressGraph } from './ingress/ingress-graph.ts';
import { listenerGraph, type ListenerGraph } from './listener/listener-graph.ts';
import { moduleGraph, type ModuleGraph } from './module/module-graph.ts';
import { tcpGraph, type TcpGraph } from './tcp/tcp-graph.ts';
import { telemetryGraph, type TelemetryGraph } from './telemetry/telemetry-graph.ts';
import { upstreamLookup, type UpstreamLookup } from './upstream/upstream-tables.ts';

/** Which addresses Emissary's Listeners open; and the settings of the gateway, which all parts depend on. */
export interface EmissaryPorts extends ListenerGraph {
  readonly module: ModuleGraph;
  /** Who may refer to objects of other namespaces; with isolation alone. */
  readonly grants: Grants;
  readonly contexts: ContextGraph;
  readonly lookup: UpstreamLookup;
  readonly ingresses: IngressGraph;
  readonly tcp: TcpGraph;
  readonly telemetry: TelemetryGraph;
}

/** The first part: Listeners and TCPMappings ask for ports, and say what HTTP connections have in common there. */
export const emissaryPorts = (options: TranslateOptions) => {
  const settingsOf = moduleGraph(options);
  const listenersOf = listenerGraph(options);
  const contextsOf = contextGraph(options);
  const lookupOf = upstreamLookup(options);
  const ingressesOf = ingressGraph(options);
  const telemetryOf = telemetryGraph(options);
  const tcpOf = tcpGraph(options);
  return function* (previous: EmissaryPorts | undefined, store: SyncedStore): Work<EmissaryPorts> {
    const module = yield* settingsOf(previous?.module, store);
    const grants = yield* grantsByNamespace(previous?.grants, store.objects.ReferenceGrant);
    const { defaults } = module.settings.mappings;
    const contexts = yield* contextsOf(
      previous?.contexts,
      store,
      grants.output,
      defaults?.tls_secret_namespacing,
    );
    const lookup = yield* lookupOf(
      previous?.lookup,
      store,
      grants.output,
      contexts.byName.output,
      module.defaults.output,
    );
    const ingresses = yield* ingressesOf(previous?.ingresses, store);
    const listeners = yield* listenersOf(previous, store, module.settings);
    const tcp = yield* tcpOf(previous?.tcp, store, lookup.tables, listeners);
    const telemetry = yield* telemetryOf(
      previous?.telemetry,
      store,
      lookup.tables,
      tcp.ports.output,
    );
    const ports = telemetry.observed.claims.output;
    return { module, grants, contexts, lookup, ingresses, ...listeners, tcp, telemetry, ports };
  };
};
