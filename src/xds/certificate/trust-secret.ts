import type { TrustBundle } from '../../ir/trust-bundle.ts';
import { encodeBriefly } from '../message/encode.ts';
import { resource, type Resource } from '../resource.ts';
import { TypeUrl } from '../type-url.ts';

/**
 * SDS: the authorities of a trust bundle. Which names are accepted stands with each user of the bundle
 * (`src/xds/message/peer-verification.ts`), so that many share it.
 */
export const trustSecret = ({ name, authorities, revocations }: TrustBundle): Resource =>
  resource(
    TypeUrl.Secret,
    name,
    encodeBriefly('envoy.extensions.transport_sockets.tls.v3.Secret', {
      name,
      validation_context: {
        trusted_ca: { inline_string: authorities },
        ...(revocations !== undefined && { crl: { inline_string: revocations } }),
      },
    }),
  );
