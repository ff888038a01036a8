import { definedOnly } from '../../../collection/defined-only.ts';
import type { HttpOptions } from '../../../ir/http-options.ts';
import type { Tcp } from '../../../ir/filter-chain.ts';
import type * as ir from '../../../ir/listener.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { isPort, type Port } from '../../../ir/port.ts';
import { isSelective, selects, type Labels, type Selector } from '../../../ir/selector.ts';
import type { Listener } from '../../../kube/emissary/listener.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { PortClaim } from '../../contribution/contribution.ts';
import { listenerName } from '../../contribution/table-names.ts';
import type { TlsLayout } from '../../contribution/tls-layout.ts';
import type { SecurityModel } from '../host/security-model.ts';
import type { ListenerSettings } from '../module/listener-settings.ts';
import { annotationsOf } from './listener-annotations.ts';

/** Which Hosts a Listener takes. */
export interface HostBinding {
  readonly ref: ObjectRef;
  readonly namespace: string;
  readonly from: 'SELF' | 'ALL' | undefined;
  readonly selector?: Selector;
}

/** What Hosts need to know of a Listener: whether it takes them, and what it speaks. */
export interface ListenerBinding extends HostBinding {
  readonly name: ir.ListenerName;
  readonly securityModel: SecurityModel;
  readonly tls: boolean;
  /** It speaks HTTP/3: there is no cleartext, and no TLS below 1.3. */
  readonly quic?: true;
  /** It carries connections of TCPMappings, and takes no Host. */
  readonly forConnections?: true;
  /** Whether a proxy in front may say of a request in cleartext that it is secure. */
  readonly trustsProxies?: true;
}

/** A Listener compiled: the address it opens and how Hosts bind; absent where it cannot be opened. */
export interface CompiledListener {
  readonly key: ObjectKey;
  readonly ref: ObjectRef;
  readonly takes: HostBinding;
  readonly open?: { readonly claim: PortClaim; readonly binding: ListenerBinding };
  readonly problems: readonly Problem[];
}

/**
 * Compiles a Listener. One that carries anything but HTTP, be it over QUIC, or connections over TCP is not opened
 * and gets a problem. `tlsLayout`, if there is one, overrides the annotation of the Listener; the settings are those that
 * all Listeners have in common.
 */
export const compileListener = (
  listener: Listener,
  key: ObjectKey,
  tlsLayout?: TlsLayout,
  settings: ListenerSettings = {},
): CompiledListener => {
  const { spec, metadata } = listener;
  const ref = objectRef('Listener', key);
  const takes = definedOnly<HostBinding>({
    ref,
    namespace: metadata.namespace,
    from: namespacesOf(spec),
    selector: isSelective(spec.hostBinding.selector) ? spec.hostBinding.selector : undefined,
  });
  const stack = stackOf(spec);
  const isQuic = stack?.includes('UDP') === true;
  const annotated = annotationsOf(ref, isQuic, metadata.annotations);
  const faults = [...listenerFaults(ref, spec), ...annotated.problems];
  if (stack === undefined || !isPort(spec.port)) return { key, ref, takes, problems: faults };
  const name = listenerName(spec.port, isQuic ? 'udp' : 'tcp');
  const tls = stack.includes('TLS');
  const prefix = statPrefix(spec, stack);
  const isForHttp = stack.includes('HTTP');
  return {
    key,
    ref,
    takes,
    open: {
      claim: definedOnly<PortClaim>({
        field: 'spec.port',
        created: metadata.creationTimestamp,
        listener: definedOnly<ir.Listener>({
          name,
          address: '0.0.0.0',
          port: spec.port,
          transport: isQuic ? 'udp' : 'tcp',
          quic: isQuic ? quicOf(annotated.advertisedPort) : undefined,
          tlsInspector: tls && !isQuic,
          proxyProtocol: stack.includes('PROXY'),
          bufferLimit: isQuic ? undefined : settings.bufferLimit,
          accessLog: settings.accessLog,
          from: [ref],
        }),
        http: definedOnly<HttpOptions>({
          statPrefix: prefix,
          trustedHops: spec.l7Depth ?? 0,
          http2MaxConcurrentStreams: spec.http2MaxConcurrentStreams,
          settings: settings.http,
          from: settings.from,
        }),
        bare: isForHttp ? undefined : { carries: noConnections(prefix), from: [] },
        tlsLayout: tlsLayout ?? annotated.tlsLayout,
      }),
      binding: {
        ...{ ...takes, name, securityModel: spec.securityModel, tls },
        ...(isQuic && { quic: true }),
        ...((spec.l7Depth ?? 0) > 0 && { trustsProxies: true }),
        ...(!isForHttp && { forConnections: true }),
      },
    },
    problems: faults,
  };
};

/** Whether a Listener takes a Host: by its namespace, and by its labels where there is a selector. */
export const takesHost = (
  { from, namespace, selector }: HostBinding,
  host: { readonly namespace: string; readonly labels: Labels },
): boolean =>
  (from === 'ALL' || (from === 'SELF' && host.namespace === namespace)) &&
  (selector === undefined || selects(selector, host.labels));

type Spec = Listener['spec'];

/** An empty prefix counts as none, because Envoy refuses it. */
const statPrefix = ({ statsPrefix = '', port }: Spec, stack: readonly Layer[]): string => {
  if (statsPrefix !== '') return statsPrefix;
  if (stack.includes('HTTP')) return stack.includes('TLS') ? 'ingress_https' : 'ingress_http';
  return connectionsPrefix(port, stack.includes('TLS'));
};

/** Begins the names of statistics where a port carries connections. */
export const connectionsPrefix = (port: number, tls: boolean): string =>
  `ingress_${tls ? 'tls' : 'tcp'}_${port}`;

/** What a port carries that no TCPMapping without a host is for. */
export const noConnections = (statPrefix: string): Tcp => ({
  _tag: 'Tcp',
  statPrefix,
  backends: [],
});

type Layer = NonNullable<Spec['protocolStack']>[number];

const stacks: Readonly<Record<string, readonly Layer[]>> = {
  HTTP: ['HTTP', 'TCP'],
  HTTPS: ['TLS', 'HTTP', 'TCP'],
  HTTPPROXY: ['PROXY', 'HTTP', 'TCP'],
  HTTPSPROXY: ['TLS', 'PROXY', 'HTTP', 'TCP'],
  TCP: ['TCP'],
  TLS: ['TLS', 'TCP'],
};

/** The layers of a Listener over TCP, or over QUIC; absent for any other. */
const stackOf = ({ protocol, protocolStack }: Spec): readonly Layer[] | undefined => {
  const stack = protocolStack ?? (protocol === undefined ? undefined : stacks[protocol]);
  return stack?.at(-1) === 'TCP' || isHttp3(stack) ? stack : undefined;
};

/** Over UDP there is nothing else, as in Emissary: a certificate is part of QUIC, and no PROXY header comes before it. */
const isHttp3 = (stack: readonly Layer[] | undefined): boolean =>
  stack?.join(' ') === 'TLS HTTP UDP' || stack?.join(' ') === 'HTTP TLS UDP';

const quicOf = (advertisedPort: Port | undefined): ir.Quic =>
  advertisedPort === undefined ? {} : { advertisedPort };

/** A selector alone binds Hosts of every namespace. */
const namespacesOf = ({
  hostBinding: { namespace, selector },
}: Spec): 'SELF' | 'ALL' | undefined => {
  if (namespace?.from === undefined) return isSelective(selector) ? 'ALL' : undefined;
  return namespace.from === 'SELECTOR' ? undefined : namespace.from;
};

const listenerFaults = (object: ObjectRef, spec: Spec): readonly Problem[] => {
  const { protocol, protocolStack, hostBinding, http2MaxConcurrentStreams } = spec;
  const invalid = (field: string, expected: string, got: string): Problem => ({
    _tag: 'InvalidField',
    object,
    field: `spec.${field}`,
    expected,
    got,
  });
  const written = protocolStack === undefined ? 'protocol' : 'protocolStack';
  const faults: Problem[] = [];
  if (protocol === undefined && protocolStack === undefined)
    faults.push(invalid('protocol', 'exactly one of protocol and protocolStack', 'neither'));
  else if (stackOf(spec) === undefined)
    faults.push(
      invalid(
        written,
        written === 'protocol'
          ? 'another one, or protocolStack: [TLS, HTTP, UDP] for HTTP/3'
          : '[TLS, HTTP, UDP], the one stack over UDP',
        written === 'protocol' ? String(protocol) : `[${protocolStack?.join(', ')}]`,
      ),
    );
  if (protocol !== undefined && protocolStack !== undefined)
    faults.push(
      invalid('protocol', 'protocol or protocolStack, of which protocolStack counts', 'both'),
    );
  if (http2MaxConcurrentStreams !== undefined && isHttp3(stackOf(spec)))
    faults.push({
      _tag: 'Note',
      object,
      field: 'spec.http2MaxConcurrentStreams',
      note: 'no effect: HTTP/3 has as many streams for everybody',
    });
  if (hostBinding.namespace?.from === 'SELECTOR')
    faults.push(
      invalid('hostBinding.namespace.from', 'SELF or ALL; no Host is bound by it', '"SELECTOR"'),
    );
  else if (namespacesOf(spec) === undefined)
    faults.push(invalid('hostBinding', 'namespace.from, or a selector', 'neither'));
  return faults;
};
