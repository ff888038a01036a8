import type { ObjectRef } from './object-ref.ts';
import type { Port } from './port.ts';
import type { Route } from './route.ts';

/** Names one route table; each filter chain that speaks HTTP routes by one. */
export type RouteTableName = string;

/** Identifies a virtual host: no table holds a domain twice. Injective: no domain holds a space. */
export type VirtualHostKey = `${RouteTableName} ${string}`;

/** The routes for one domain of one table. */
export interface VirtualHost {
  readonly table: RouteTableName;
  /** `*`, a host name, `*.suffix` or `prefix.*`; lower case, without a port. */
  readonly domain: string;
  readonly routes: readonly Route[];
  /** Clients are told that they get the same over HTTP/3, on this port. */
  readonly http3Port?: Port;
  /** The objects that gave the domain; each route has its own. */
  readonly from: readonly ObjectRef[];
}

/** Joins a table and a domain. */
export const virtualHostKey = (table: RouteTableName, domain: string): VirtualHostKey =>
  `${table} ${domain}`;
