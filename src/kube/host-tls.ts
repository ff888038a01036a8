import * as t from 'io-ts';

import { list } from './list.ts';
import { Port } from './port.ts';
import { struct } from './struct.ts';
import { Hostname, Name, text } from './text.ts';

/** How a Host terminates TLS. */
export const HostTls = struct(
  {},
  {
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
    redirect_cleartext_from: Port,
    sni: Hostname,
  },
);
export type HostTls = t.TypeOf<typeof HostTls>;
