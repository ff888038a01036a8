import * as t from 'io-ts';

import { integer } from '../codec/integer.ts';
import { list } from '../codec/list.ts';
import { strict } from '../codec/strict.ts';
import { struct } from '../codec/struct.ts';
import { Hostname, Name, text } from '../codec/text.ts';

/** The fields by which a Host or a TLSContext says how TLS is spoken. */
export const hostTlsFields = {
  alpn_protocols: Name,
  ca_secret: Name,
  cacert_chain_file: text(4096),
  cert_chain_file: text(4096),
  cert_required: t.boolean,
  cipher_suites: list(Name),
  crl_secret: Name,
  ecdh_curves: list(Name),
  max_tls_version: Name,
  min_tls_version: Name,
  private_key_file: text(4096),
  redirect_cleartext_from: integer(0, 65_535),
  sni: Hostname,
};

/** How a Host terminates TLS. */
export const HostTls = strict(struct({}, hostTlsFields));
export type HostTls = t.TypeOf<typeof HostTls>;
