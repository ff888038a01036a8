import type { Tcp } from './filter-chain.ts';
import type { ObjectRef } from './object-ref.ts';
import type { SecretName } from './secret.ts';
import type { Terminate } from './tls-handshake.ts';

/** The names that a TLS client can ask for: an exact one, `*.suffix` or `*`; in lower case. */
export type ServerNames = string;

/** What is served to clients that ask for one of these names during the handshake. */
export type ServedName = {
  readonly names: ServerNames;
  readonly from: readonly ObjectRef[];
} & (TerminatedName | PassedName | RefusedName);

/** TLS ends here. Requests are routed by the table of these names; with `tcp`, connections are forwarded. */
type TerminatedName = Terminate & { readonly tcp?: Tcp };

/** Connections are forwarded with their TLS. */
interface PassedName {
  readonly _tag: 'PassThrough';
  readonly tcp: Tcp;
}

/** Handshakes are refused, also if a wider pattern serves something. */
interface RefusedName {
  readonly _tag: 'Refuse';
  readonly tcp?: undefined;
}

/**
 * The certificate, if a name needs nothing else: it serves requests, with one certificate and the usual
 * TLS settings. Only such a name can be served on demand, where Envoy asks for a certificate alone.
 */
export const plainCertificate = (served: ServedName): SecretName | undefined => {
  if (served._tag !== 'Terminate' || served.tcp !== undefined) return undefined;
  const [first, ...others] = served.certificates;
  return others.length === 0 && served.settings === undefined ? first : undefined;
};

/** Whether a name can be served on demand: by its certificate alone, or by the answer that it has none. */
export const isPlain = (served: ServedName): boolean =>
  served._tag === 'Refuse' || plainCertificate(served) !== undefined;

/** Whether requests for these names have a table. */
export const hasTable = ({ _tag, tcp }: ServedName): boolean =>
  _tag === 'Terminate' && tcp === undefined;

/** Every pattern that a server name can match, the most specific one first. */
export const patternsAround = (name: string): readonly ServerNames[] => {
  const patterns = [name];
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1))
    patterns.push(`*${name.slice(dot)}`);
  return [...patterns, '*'];
};

/**
 * The header by which routes learn the server name of a request's connection, in lower case; `*` if
 * the client named none.
 */
export const serverNameHeader = 'x-headgate-sni';
