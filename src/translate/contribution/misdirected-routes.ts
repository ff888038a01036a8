import { noMutation } from '../../ir/header-mutation.ts';
import type { Hostname } from '../../ir/hostname.ts';
import type { HeaderMatch, Route } from '../../ir/route.ts';
import { serverNameHeader } from '../../ir/server-name.ts';

/** Answers every request with 421: it came on a connection for another server name (RFC 9110 §15.5.20). */
export const misdirectedRoutes = (name: string): readonly Route[] => [respond(name, [])];

/**
 * Only for a table of all TLS connections: answers 421 to requests whose connection has a server
 * name outside a pattern.
 */
export const misdirectedRoute = (name: string, hostname: Hostname): readonly Route[] =>
  hostname === '*' ? [] : [respond(name, [isOutside(hostname)])];

const isOutside = (hostname: Hostname): HeaderMatch => ({
  name: serverNameHeader,
  match: hostname.startsWith('*')
    ? { _tag: 'Suffix', value: hostname.slice(1) }
    : { _tag: 'Exact', value: hostname },
  inverted: true,
});

const respond = (name: string, headers: readonly HeaderMatch[]): Route => ({
  name,
  match: {
    path: { _tag: 'Prefix', value: '/', caseSensitive: true },
    headers,
    queryParameters: [],
  },
  action: { _tag: 'Respond', status: 421 },
  requestHeaders: noMutation,
  responseHeaders: noMutation,
  from: [],
});
