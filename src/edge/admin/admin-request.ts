import { isIP } from 'node:net';

import { isLocal } from '../socket-address.ts';

/** What the admin server looks at in a request. */
interface AdminRequest {
  /** The address it came from. */
  readonly peer: string | undefined;
  readonly method: string;
  /** As it was sent: nothing is decoded, normalised or cut off. */
  readonly target: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/** The decision on a request: the path to answer, or why not. */
type Admission =
  | { readonly _tag: 'Admitted'; readonly path: string }
  | { readonly _tag: 'Refused'; readonly status: 403 | 404 | 405; readonly reason: string };

/**
 * Decides whether a request is answered.
 *
 * A path is answered only if it is exactly one that exists, so no other spelling leads to it.
 * `/debug` shows the configuration of everybody, so only clients on this machine may read it;
 * `kubectl port-forward` is one of them. A foreign web page must not read it through an operator's
 * browser: a host name that was made to point here (DNS rebinding) and a foreign origin are
 * refused.
 */
export const admit = (
  { peer, method, target, host, origin }: AdminRequest,
  paths: ReadonlySet<string>,
  boundTo: string,
): Admission => {
  if (!paths.has(target)) return refused(404, 'not found');
  if (method !== 'GET' && method !== 'HEAD') return refused(405, 'only GET and HEAD are allowed');
  if (!isDebug(target)) return { _tag: 'Admitted', path: target };
  if (!isOnThisMachine(peer))
    return refused(403, 'only for clients on this machine, such as kubectl port-forward');
  if (!isLocalName(hostname(host), boundTo)) return refused(403, 'unexpected Host header');
  if (origin !== undefined && origin !== `http://${host}`)
    return refused(403, 'unexpected Origin header');
  return { _tag: 'Admitted', path: target };
};

const refused = (status: 403 | 404 | 405, reason: string): Admission => ({
  _tag: 'Refused',
  status,
  reason,
});

const isDebug = (path: string): boolean => path === '/debug' || path.startsWith('/debug/');

/** A socket for both families gives IPv4 addresses as IPv6. */
const isOnThisMachine = (peer: string | undefined): boolean =>
  peer !== undefined && isLocal({ _tag: 'Tcp', host: peer.replace(/^::ffff:/i, ''), port: 0 });

/** An IP address cannot be rebound; `localhost` is resolved without DNS. */
const isLocalName = (name: string | undefined, boundTo: string): boolean =>
  name !== undefined &&
  (name === 'localhost' || name === boundTo.toLowerCase() || isIP(name) !== 0);

/** The Host header without its port. */
const hostname = (host: string | undefined): string | undefined => {
  const [, bracketed, plain] =
    /^(?:\[([\da-fA-F:.]+)\]|([^:[\]]+))(?::\d{1,5})?$/.exec(host ?? '') ?? [];
  return (bracketed ?? plain)?.toLowerCase();
};
