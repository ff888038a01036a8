import type { ObjectRef } from './object-ref.ts';
import type { SecretName } from './secret.ts';

/** The names that a TLS client can ask for: an exact one, `*.suffix` or `*`; in lower case. */
export type ServerNames = string;

/** What is served to clients that ask for one of these names during the handshake. */
export interface ServerCertificate {
  readonly names: ServerNames;
  /** The certificate; absent: their handshakes are refused, and no wider pattern takes them over. */
  readonly secret?: SecretName;
  readonly from: readonly ObjectRef[];
}

/** Every pattern that a server name can lie in, the one that counts first in front. */
export const patternsAround = (name: string): readonly ServerNames[] => {
  const patterns = [name];
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1))
    patterns.push(`*${name.slice(dot)}`);
  return [...patterns, '*'];
};

/**
 * Tells routes the server name of the connection a request came on, in lower case; `*` where the
 * client named none.
 */
export const serverNameHeader = 'x-headgate-sni';
