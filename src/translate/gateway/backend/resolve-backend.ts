import { definedOnly } from '../../../collection/defined-only.ts';
import type { Cluster, UpstreamTls } from '../../../ir/cluster.ts';
import { objectKey, objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import { gatewayGroup, type BackendReference } from '../../../kube/gateway/references.ts';
import type { Problem } from '../../../problem/problem.ts';
import { serviceCluster } from '../../contribution/service-cluster.ts';
import { mayReferTo } from '../../grants.ts';
import type { RouteKind } from '../listener/settled-listener.ts';
import { protocolOf } from './app-protocol.ts';
import { policyFor, type BackendTls } from '../policy/service-policies.ts';
import type { BackendLookup } from './backend-lookup.ts';
import { refFault, type RefFault } from './ref-fault.ts';

/** The route that refers to backends. */
export interface Referrer {
  readonly kind: RouteKind;
  readonly namespace: string;
  readonly ref: ObjectRef;
}

/** What backends are resolved with. */
export interface BackendContext {
  readonly backends: BackendLookup;
  /** What is shown to backends that ask for a certificate. */
  readonly clientCertificate?: SecretName;
}

/** A backend that requests can be sent to. */
export interface UsableBackend {
  readonly _tag: 'Usable';
  readonly service: ObjectKey;
  readonly cluster: Cluster;
  /** It speaks WebSocket. */
  readonly isWebSocket: boolean;
}

/**
 * Resolves a reference to a backend. What is wrong is said of the first thing that is; of another namespace
 * nothing is said, not even whether the Service is there, unless a grant allows the reference.
 */
export const resolveBackend = (
  from: Referrer,
  field: string,
  { group, kind, name, namespace = from.namespace, port }: BackendReference,
  { backends, clientCertificate }: BackendContext,
): UsableBackend | RefFault => {
  const at = { object: from.ref, field };
  const invalid = (place: string, expected: string, got: string): Problem => ({
    _tag: 'InvalidField',
    object: from.ref,
    field: `${field}${place}`,
    expected,
    got,
  });
  if (group !== '' || kind !== 'Service')
    return refFault(
      'InvalidKind',
      invalid('.kind', 'a Service of the core group', group === '' ? kind : `${kind}.${group}`),
    );
  const service = objectKey(namespace, name);
  const target = objectRef('Service', service);
  const referrer = { group: gatewayGroup, kind: from.kind, namespace: from.namespace };
  if (!mayReferTo((place) => backends('grants', place), referrer, { group, kind, namespace, name }))
    return refFault('RefNotPermitted', { _tag: 'RefNotUsable', ...at, target });
  if (port === undefined)
    return refFault('UnsupportedValue', invalid('.port', 'a port of the Service', 'none'));
  const found = backends('services', service);
  if (found === undefined) return refFault('BackendNotFound', { _tag: 'NotFound', ...at, target });
  if (found.isExternal)
    return refFault('InvalidKind', invalid('', 'a Service with endpoints', externalName));
  const asked = found.ports.find((one) => one.port === port);
  if (asked === undefined)
    return refFault('BackendNotFound', {
      ...{ _tag: 'PortNotFound', ...at, target, port: `${port}` },
      ports: found.ports.map((one) => one.port),
    });
  const policy = policyFor(backends('policies', service) ?? [], asked.name)?.tls;
  if (policy?._tag === 'Invalid')
    return refFault('InvalidBackendTLSPolicy', invalid('', followed, target), service);
  const spoken = protocolOf(from.kind, asked.appProtocol, policy !== undefined);
  if (spoken._tag === 'Unsupported')
    return refFault(
      'UnsupportedProtocol',
      invalid('.port', spoken.expected, `appProtocol ${asked.appProtocol} of ${target}`),
      service,
    );
  const { protocol, isWebSocket } = spoken;
  const tls = policy === undefined ? undefined : upstreamTls(policy, clientCertificate);
  return {
    _tag: 'Usable',
    service,
    cluster: serviceCluster({ service, port, protocol, ...(tls !== undefined && { tls }) }),
    isWebSocket,
  };
};

/** The Gateway API advises against such Services: whoever may write one could reach every address. */
const externalName = 'one of type ExternalName';

const followed = 'a Service whose BackendTLSPolicy can be followed; nothing is sent to it';

const upstreamTls = (
  { sni, trust, names }: Extract<BackendTls, { _tag: 'Verified' }>,
  clientCertificate: SecretName | undefined,
): UpstreamTls => definedOnly<UpstreamTls>({ sni, verify: { trust, names }, clientCertificate });
