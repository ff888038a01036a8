import * as t from 'io-ts';

import { objectKey, objectRef, type ObjectKey, type ObjectRef } from '../../ir/object-ref.ts';
import { integer } from '../codec/integer.ts';
import { strict } from '../codec/strict.ts';
import { struct } from '../codec/struct.ts';
import { Hostname, Name, text } from '../codec/text.ts';
import { AlpnProtocols, CipherSuites, EcdhCurves } from '../codec/tls-names.ts';

/** The fields by which a Host or a TLSContext says how TLS is spoken. */
export const hostTlsFields = {
  alpn_protocols: AlpnProtocols,
  ca_secret: Name,
  cacert_chain_file: text(4096),
  cert_chain_file: text(4096),
  cert_required: t.boolean,
  cipher_suites: CipherSuites,
  crl_secret: Name,
  ecdh_curves: EcdhCurves,
  max_tls_version: Name,
  min_tls_version: Name,
  private_key_file: text(4096),
  redirect_cleartext_from: integer(0, 65_535),
  sni: Hostname,
};

/** How a Host terminates TLS. */
export const HostTls = strict(struct({}, hostTlsFields));
export type HostTls = t.TypeOf<typeof HostTls>;

/** The TLS settings of a TLSContext, or of a Host, in which fields of a TLSContext are missing. */
export interface TlsFields extends HostTls {
  readonly secret?: string;
  readonly secret_namespacing?: boolean;
}

/**
 * The Secret that a name means in TLS settings of a namespace. With namespacing what follows the last dot is
 * the namespace, as in Emissary.
 */
export const secretNamed = (name: string, namespace: string, namespacing: boolean): ObjectKey => {
  const dot = namespacing ? name.lastIndexOf('.') : -1;
  return dot < 0 ? objectKey(namespace, name) : objectKey(name.slice(dot + 1), name.slice(0, dot));
};

/** The Secrets that TLS settings name; both that a name can mean, where that is said elsewhere. */
export const secretsOfTls = (
  { secret, ca_secret, crl_secret, secret_namespacing }: TlsFields,
  namespace: string,
): readonly ObjectRef[] => {
  const readings = secret_namespacing === undefined ? [true, false] : [secret_namespacing];
  const keys = [secret, ca_secret, crl_secret].flatMap((name) =>
    name === undefined || name === ''
      ? []
      : readings.map((namespacing) => secretNamed(name, namespace, namespacing)),
  );
  return [...new Set(keys)].map((key) => objectRef('Secret', key));
};
