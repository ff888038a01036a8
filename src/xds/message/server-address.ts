import type { Address } from '../../../proto/envoy.ts';

/** Where a server listens: a unix socket or a TCP port. */
export type ServerAddress = { readonly _tag: 'Unix'; readonly path: string } | TcpServerAddress;

/** A TCP port. */
export interface TcpServerAddress {
  readonly _tag: 'Tcp';
  readonly host: string;
  readonly port: number;
}

/** An address as Envoy reads it. */
export const addressOf = (server: ServerAddress): Address =>
  server._tag === 'Unix'
    ? { pipe: { path: server.path } }
    : { socket_address: { address: server.host, port_value: server.port } };
