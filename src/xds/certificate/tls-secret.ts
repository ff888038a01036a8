import type { Secret } from '../../ir/secret.ts';
import { contentVersion } from '../content-version.ts';
import { encode } from '../message/encode.ts';
import type { Resource } from '../resource.ts';
import { TypeUrl } from '../type-url.ts';

/**
 * SDS: a certificate with its private key. No other resource holds a private key.
 *
 * The version is that of the certificate and the key's handle, so that it tells nothing about the key and
 * is the same in a replay, where there is no key.
 */
export const tlsSecret = ({ name, certificateChain, privateKey }: Secret): Resource => ({
  typeUrl: TypeUrl.Secret,
  name,
  version: contentVersion(JSON.stringify([name, certificateChain, privateKey.handle])),
  bytes: encode('envoy.extensions.transport_sockets.tls.v3.Secret', {
    name,
    tls_certificate: {
      certificate_chain: { inline_string: certificateChain },
      private_key: { inline_string: privateKey.reveal() ?? '' },
    },
  }),
  warmedBy: [],
  ...(privateKey.isLost && { keyless: true }),
});
