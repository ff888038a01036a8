import { interned } from '../../../collection/intern.ts';
import { isIpV4, isIpV6 } from '../../../ir/address/ip-address.ts';
import { isPort } from '../../../ir/port.ts';
import { specialUse } from '../../../ir/address/special-address.ts';
import { nearest } from '../../../problem/nearest.ts';

/** A `service`, taken apart: `[scheme://]host[:port]`. */
export interface ServiceAddress {
  readonly scheme?: 'http' | 'https';
  /** What is written as scheme, where it is another one. */
  readonly foreignScheme?: string;
  /** A name without its last dot, or an IP address without brackets. */
  readonly host: string;
  /** Whether the name has its last dot: in DNS nothing is appended to it. */
  readonly absolute?: true;
  readonly port?: number;
  /** Whether `host` is an IP address. */
  readonly literal: boolean;
  /** Present if `host` has a special use: see `specialUse`. */
  readonly special?: true;
  /** Whether something followed that has no effect: a path or a query. */
  readonly surplus: boolean;
}

const form =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:\[([0-9a-f:.]+)\]|([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(\.?))(?::(\d{1,5}))?([/?#].*)?$/i;

/** No name is longer in DNS (RFC 1035), and Envoy refuses a longer one for TLS. */
const longestName = 253;

/** Resolvers may take a name of numbers for an IP address (inet_aton: `127.1`, `0x7f.1`). */
const numeric = /^(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*$/i;

/** Takes a `service` apart; absent when it is no address. */
export const parseServiceAddress = interned((service): ServiceAddress | undefined => {
  const parts = form.exec(service.trim());
  if (parts === null) return undefined;
  const [, scheme, v6, name, dot, digits, rest] = parts;
  const host = v6 ?? name ?? '';
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && !isPort(port)) return undefined;
  const literal = v6 !== undefined || numeric.test(host);
  if (literal && dot === '.') return undefined;
  if (literal && !(v6 === undefined ? isIpV4(host) : isIpV6(v6))) return undefined;
  if (host.length > longestName) return undefined;
  return {
    ...(scheme === undefined ? {} : schemeOf(scheme.toLowerCase())),
    host,
    ...(dot === '.' ? { absolute: true } : {}),
    ...(port === undefined ? {} : { port }),
    literal,
    ...(specialUse(host) === undefined ? {} : { special: true }),
    surplus: rest !== undefined && rest !== '/',
  };
});

/**
 * As in Emissary, every scheme but `https` means cleartext; those that say TLS are not taken for cleartext, nor are slips
 * of `https`.
 */
const schemeOf = (scheme: string): Pick<ServiceAddress, 'scheme' | 'foreignScheme'> => {
  if (scheme === 'http' || scheme === 'https') return { scheme };
  const isSecure =
    overTls.has(scheme) ||
    /\+(?:tls|ssl)$/.test(scheme) ||
    nearest(scheme, ['http', 'https']) === 'https';
  return { scheme: isSecure ? 'https' : 'http', foreignScheme: scheme };
};

/** Protocols that are known to have a scheme with an `s` for the same over TLS. */
const withTwin = [
  ...['ws', 'grpc', 'tcp', 'rtmp', 'rtsp', 'sip', 'xmpp', 'irc', 'coap', 'mqtt', 'amqp', 'stomp'],
  ...['ldap', 'redis', 'ftp', 'smtp', 'imap', 'pop3', 'nntp'],
];

const overTls: ReadonlySet<string> = new Set([
  ...withTwin.map((scheme) => `${scheme}s`),
  ...['tls', 'ssl', 'h2'],
]);
