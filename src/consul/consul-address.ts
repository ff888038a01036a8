import { isIpV4, isIpV6 } from '../ir/address/ip-address.ts';
import { isPort } from '../ir/port.ts';

/** Where an agent of Consul is. */
export interface ConsulAddress {
  /** Absent where it is not written: the environment may say that it is TLS. */
  readonly scheme?: 'http' | 'https';
  /** A name, or an IP address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The address where none is written, and the port. */
export const defaultConsulAddress = '127.0.0.1:8500';
const defaultPort = 8500;

/** What an address is expected to be. */
export const expectedConsulAddress = '[http://|https://]host[:port]';

const form =
  /^(?:(https?):\/\/)?(?:\[([0-9a-f:.]+)\]|([a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?)\.?)(?::(\d{1,5}))?\/?$/i;

/** A name of numbers can be taken for an IP address (inet_aton: `127.1`, `0x7f.1`). */
const numeric = /^(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*$/i;

/** Takes an address without variables apart; absent when it is none. */
export const parseConsulAddress = (text: string): ConsulAddress | undefined => {
  const parts = form.exec(text.trim());
  if (parts === null) return undefined;
  const [, scheme, v6, name = '', digits] = parts;
  if (v6 === undefined ? numeric.test(name) && !isIpV4(name) : !isIpV6(v6)) return undefined;
  const port = digits === undefined ? defaultPort : Number(digits);
  if (!isPort(port)) return undefined;
  const found = { host: v6 ?? name, port };
  if (scheme === undefined) return found;
  return { scheme: scheme.toLowerCase() === 'https' ? 'https' : 'http', ...found };
};

/** An address with the values of its variables, or the variable that has none or may not be used. */
type Expanded = { readonly address: string } | { readonly variable: string };

/** Whether an address has variables: `$NAME` or `${NAME}`. */
export const hasVariables = (address: string): boolean => address.includes('$');

/**
 * Puts the values of variables into an address.
 *
 * Only variables that say where something is: who writes an address chooses who is asked, and could be told a
 * secret of the environment by its host name.
 */
export const expandedAddress = (
  address: string,
  env: Readonly<Record<string, string | undefined>>,
): Expanded => {
  const unknown = variablesIn(address).find((name) => !isPlace(name) || (env[name] ?? '') === '');
  return unknown === undefined
    ? { address: address.replaceAll(variable, (_, a, b) => env[String(a ?? b)] ?? '') }
    : { variable: unknown };
};

/** The first variable in an address that may not be used. */
export const forbiddenVariable = (address: string): string | undefined =>
  variablesIn(address).find((name) => !isPlace(name));

/** The variables that may be used, for people. */
export const usableVariables =
  'HOST_IP, POD_IP, NODE_IP, NODE_NAME, POD_NAMESPACE, and those that end with _SERVICE_HOST or _SERVICE_PORT';

const variable = /\$(?:([A-Za-z_]\w*)|\{([^}]*)\})/g;

const variablesIn = (address: string): readonly string[] =>
  [...address.matchAll(variable)].map(([, plain, braced]) => plain ?? braced ?? '');

const isPlace = (name: string): boolean =>
  ['HOST_IP', 'POD_IP', 'NODE_IP', 'NODE_NAME', 'POD_NAMESPACE'].includes(name) ||
  /^\w+_SERVICE_(?:HOST|PORT)$/.test(name);
