import { interned } from '../../../collection/intern.ts';
import { isIpV4, isIpV6 } from '../../../ir/address/ip-address.ts';
import { isPort } from '../../../ir/port.ts';
import { specialUse } from '../../../ir/address/special-address.ts';

/** A Mapping's `service`, taken apart: `[scheme://]host[:port]`. */
export interface ServiceAddress {
  readonly scheme?: 'http' | 'https';
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port?: number;
  /** Whether `host` is an IP address. */
  readonly literal: boolean;
  /** Present if `host` has a special use: see `specialUse`. */
  readonly special?: true;
  /** Whether something followed that has no effect: a path or a query. */
  readonly surplus: boolean;
}

const form =
  /^(?:(https?):\/\/)?(?:\[([0-9a-f:.]+)\]|([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?))(?::(\d{1,5}))?([/?#].*)?$/i;

/** No name is longer in DNS (RFC 1035), and Envoy refuses a longer one for TLS. */
const longestName = 253;

/** Resolvers may take a name of numbers for an IP address (inet_aton: `127.1`, `0x7f.1`). */
const numeric = /^(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*$/i;

/** Takes a `service` apart; absent when it is no address. */
export const parseServiceAddress = interned((service): ServiceAddress | undefined => {
  const parts = form.exec(service.trim());
  if (parts === null) return undefined;
  const [, scheme, v6, name, digits, rest] = parts;
  const host = v6 ?? name ?? '';
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && !isPort(port)) return undefined;
  const literal = v6 !== undefined || numeric.test(host);
  if (literal && !(v6 === undefined ? isIpV4(host) : isIpV6(v6))) return undefined;
  if (host.length > longestName) return undefined;
  return {
    ...(scheme === undefined
      ? {}
      : { scheme: scheme.toLowerCase() === 'https' ? 'https' : 'http' }),
    host,
    ...(port === undefined ? {} : { port }),
    literal,
    ...(specialUse(host) === undefined ? {} : { special: true }),
    surplus: rest !== undefined && rest !== '/',
  };
});
