import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

import { EMPTY, map, merge, tap } from 'rxjs';

import { clusterEvents } from '../../edge/kube/cluster-events.ts';
import type { KubeClient } from '../../edge/kube/kube-client.ts';
import { reachability } from '../../edge/kube/reachability.ts';
import { statusLedger } from '../../edge/kube/status-ledger.ts';
import { watchedNamespace } from '../../edge/kube/watched-namespace.ts';
import { objectKey, objectRef } from '../../ir/object-ref.ts';
import { ambassadorIdOf } from '../../kube/emissary/ambassador-id.ts';
import { isOurs } from '../../kube/is-ours.ts';
import { isOptional, isTold, kinds, resourceName, type Kind } from '../../kube/kind.ts';
import type { Reflected } from '../../kube/reflect/reflected.ts';
import { referenceTo } from '../../kube/reference/reference.ts';
import { withFallbackSecret } from '../../kube/secret/fallback-secret.ts';
import { fallbackSecretName } from '../../kube/secret/fallback-secret.ts';
import type { ReadingOptions } from './reading-options.ts';
import { startStatusReporter, type StatusReporter } from '../serve/status-reporter.ts';
import { edgeStackLog } from './edge-stack-log.ts';
import { gatewayApiLog } from './gateway-api-log.ts';
import type { Envoys, OpenSource, Source, SourceUse } from './source.ts';

/** Which objects of which cluster are read, and whether their status is reported. */
export interface ClusterOptions extends ReadingOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly watchNamespace?: string;
  readonly secretsNamespace?: string;
  readonly secretsByName?: boolean;
  /** `false`: nothing of the Gateway API is read, though it is installed. */
  readonly gatewayApi?: boolean;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** `false`: write no status and no Events. */
  readonly status?: boolean;
  readonly leaseName?: string;
}

/** The objects of a cluster, by change. */
export const clusterSource = (options: ClusterOptions, env: NodeJS.ProcessEnv): Source => ({
  input: ['kubernetes', options.kubeconfig, options.context, options.watchNamespace].join(' '),
  open: async (use) => {
    const { openKube } = await import('../../edge/kube/kube-config.ts');
    const client = await openKube({
      env,
      ...given('kubeconfig', options.kubeconfig),
      ...given('context', options.context),
    });
    use.log.info(`reading ${client.description}`);
    return opened(client, options, use);
  },
});

const opened = (
  client: KubeClient,
  options: ClusterOptions,
  { log, connected, fallback, lastGood }: SourceUse,
): OpenSource => {
  const { ambassadorId, namespace } = options;
  const ledger = statusLedger();
  const unread = new Set<Kind>(kinds);
  const reached = reachability(log, client.description);
  const gatewayApi = options.gatewayApi === false ? undefined : gatewayApiLog(log);
  const edgeStack = edgeStackLog(log);
  if (gatewayApi === undefined) log.info('the Gateway API is not read: --no-gateway-api');
  const events$ = clusterEvents({
    client,
    scope: {
      ...given('namespace', options.watchNamespace),
      ...given('secretsNamespace', options.secretsNamespace),
      ...given('secretsByName', options.secretsByName),
      ...given('gatewayApi', options.gatewayApi),
      ...given('labelSelector', options.labelSelector),
      ...given('fieldSelector', options.fieldSelector),
    },
    mostBytes: options.maxObject,
    isOurs: (kind, object) => isOurs(kind, ambassadorIdOf(object), ambassadorId),
    lastGood,
    always: referenceTo('Secret', objectKey(namespace, fallbackSecretName)),
    seen: (kind, key, raw) => {
      if (isTold(kind)) ledger.noted(objectRef(kind, key), raw);
    },
    heard: (kind, reflected) => {
      if (kind === 'CustomResourceDefinition') edgeStack(reflected);
      if (kind !== 'CustomResourceDefinition') reached(resourceName(kind), reflected);
      else if (reflected._tag === 'Interrupted' && reflected.cause === 'Forbidden')
        gatewayApi?.unread(reflected.message);
      const can = canBeRead(kind, reflected);
      if (can !== undefined) connected?.(kind, can);
      if (reflected._tag === 'Removed') ledger.forgotten(objectRef(kind, reflected.item.key));
      if (reflected._tag === 'Synced')
        ledger.listed(
          kind,
          reflected.items.map(({ key }) => key),
        );
    },
  }).pipe(
    map((events) => events.map(withFallbackSecret(fallback))),
    tap((events) => {
      gatewayApi?.passed(events);
      for (const event of events) if (event._tag === 'Listed') unread.delete(event.kind);
    }),
  );
  const { watchNamespace } = options;
  const namespace$ =
    watchNamespace === undefined ? EMPTY : watchedNamespace(client, watchNamespace);
  let reporter: StatusReporter | undefined;
  return {
    events$: merge(events$, namespace$),
    placeOf: () => undefined,
    waitingFor: () => (unread.size === 0 ? undefined : [...unread].join(', ')),
    ...(options.status !== false && {
      reportStatus: (envoys: Envoys) => {
        const identity = `${hostname()}_${randomUUID()}`;
        const where = { client, namespace, identity, ambassadorId, ledger, log };
        reporter = startStatusReporter({
          ...where,
          ...envoys,
          ...given('leaseName', options.leaseName),
        });
      },
    }),
    close: async () => {
      await reporter?.stop();
      await client.close();
    },
  };
};

/**
 * Whether changes of a kind can be read, where that is said. Of a kind that is not installed there are none; and
 * definitions and optional kinds need not be readable.
 */
const canBeRead = (kind: Kind, reflected: Reflected<unknown>): boolean | undefined => {
  if (reflected._tag === 'Synced' || reflected._tag === 'Restored') return true;
  if (reflected._tag !== 'Interrupted') return undefined;
  const { cause } = reflected;
  const mayBeUnread = kind === 'CustomResourceDefinition' || isOptional(kind);
  if (mayBeUnread && cause === 'Forbidden') return undefined;
  return cause === 'NotInstalled';
};

const given = <N extends string, V>(name: N, value: V | undefined): { readonly [K in N]?: V } =>
  (value === undefined ? {} : { [name]: value }) as { readonly [K in N]?: V };
