import { BlockList, isIP, isIPv6 } from 'node:net';

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

/** Whether only this machine can connect to it. */
export const isLocal = (address: SocketAddress): boolean => {
  if (address._tag === 'Unix' || address.host === 'localhost') return true;
  const family = isIP(address.host);
  return family !== 0 && loopback.check(address.host, family === 4 ? 'ipv4' : 'ipv6');
};

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');
