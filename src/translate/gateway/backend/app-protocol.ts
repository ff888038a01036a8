import type { UpstreamProtocol } from '../../../ir/cluster.ts';
import type { RouteKind } from '../listener/settled-listener.ts';

/** What is spoken to a port of a Service. */
type Spoken =
  | { readonly _tag: 'Spoken'; readonly protocol: UpstreamProtocol; readonly isWebSocket: boolean }
  | { readonly _tag: 'Unsupported'; readonly expected: string };

/**
 * What is spoken to a port, by its `appProtocol` (GEP-1911) and by the kind of the route. What only says
 * that it is another protocol than ours, or is of another program, is as good as absent.
 *
 * A port that asks for TLS needs a BackendTLSPolicy, which says whose certificate is accepted: without
 * one, nothing is sent.
 */
export const protocolOf = (
  kind: RouteKind,
  appProtocol: string | undefined,
  hasPolicy: boolean,
): Spoken => {
  const asked = appProtocol?.toLowerCase() ?? '';
  if (overTls.has(asked) && !hasPolicy)
    return { _tag: 'Unsupported', expected: 'a BackendTLSPolicy for a port that speaks TLS' };
  const isWebSocket = webSocket.has(asked);
  if (kind === 'HTTPRoute')
    return { _tag: 'Spoken', protocol: http2.has(asked) ? 'http2' : 'http1', isWebSocket };
  return isWebSocket
    ? { _tag: 'Unsupported', expected: 'a port that speaks HTTP/2' }
    : { _tag: 'Spoken', protocol: 'http2', isWebSocket };
};

const overTls: ReadonlySet<string> = new Set(['https', 'kubernetes.io/wss']);
const webSocket: ReadonlySet<string> = new Set(['kubernetes.io/ws', 'kubernetes.io/wss']);
const http2: ReadonlySet<string> = new Set(['kubernetes.io/h2c', 'h2c', 'http2', 'grpc']);
