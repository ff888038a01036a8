import { isIPv6 } from 'node:net';

/** Where a socket listens: a unix socket or a TCP host and port. */
export type SocketAddress = { readonly _tag: 'Unix'; readonly path: string } | TcpAddress;

/** A host and port. */
export interface TcpAddress {
  readonly _tag: 'Tcp';
  readonly host: string;
  readonly port: number;
}

/** Reads `unix:PATH` or `HOST:PORT` (`[::1]:80` for IPv6); anything else is undefined. */
export const parseAddress = (text: string): SocketAddress | undefined => {
  if (text.startsWith('unix:')) {
    const path = text.slice('unix:'.length);
    return path === '' ? undefined : { _tag: 'Unix', path };
  }
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  const legal = bracketed === undefined || isIPv6(bracketed);
  return host !== undefined && legal && port <= 65_535 ? { _tag: 'Tcp', host, port } : undefined;
};

/** The inverse of `parseAddress`. */
export const showAddress = (address: SocketAddress): string => {
  if (address._tag === 'Unix') return `unix:${address.path}`;
  return `${isIPv6(address.host) ? `[${address.host}]` : address.host}:${address.port}`;
};
