import { interned } from '../../../collection/intern.ts';
import { isIpV4, isIpV6 } from '../../../ir/ip-address.ts';
import { isPort } from '../../../ir/port.ts';

/** A Mapping's `service`, taken apart: `[scheme://]host[:port]`. */
export interface ServiceAddress {
  readonly scheme?: 'http' | 'https';
  /** A name or an IP address, without brackets. */
  readonly host: string;
  readonly port?: number;
  /** Whether `host` is an IP address. */
  readonly literal: boolean;
  /** Whether something followed that has no effect: a path or a query. */
  readonly surplus: boolean;
}

const form =
  /^(?:(https?):\/\/)?(?:\[([0-9a-f:.]+)\]|([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?))(?::(\d{1,5}))?([/?#].*)?$/i;

/** No name is longer in DNS (RFC 1035), and Envoy refuses a longer one for TLS. */
const longestName = 253;

/** Takes a `service` apart; absent when it is no address. */
export const parseServiceAddress = interned((service): ServiceAddress | undefined => {
  const parts = form.exec(service.trim());
  if (parts === null) return undefined;
  const [, scheme, v6, name, digits, rest] = parts;
  const host = v6 ?? name ?? '';
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && !isPort(port)) return undefined;
  const literal = v6 !== undefined || /^\d+(\.\d+){3}$/.test(host);
  if (literal && !(v6 === undefined ? isIpV4(host) : isIpV6(v6))) return undefined;
  if (host.length > longestName) return undefined;
  return {
    ...(scheme === undefined
      ? {}
      : { scheme: scheme.toLowerCase() === 'https' ? 'https' : 'http' }),
    host,
    ...(port === undefined ? {} : { port }),
    literal,
    surplus: rest !== undefined && rest !== '/',
  };
});
