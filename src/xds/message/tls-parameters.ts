import {
  TlsParametersTlsProtocol as TlsProtocol,
  type TlsParameters as TlsParametersMessage,
} from '../../../proto/envoy.ts';
import type { TlsParameters, TlsVersion } from '../../ir/tls-parameters.ts';

/** What may be agreed on in a handshake, of either side. */
export const tlsParameters = (parameters: TlsParameters): TlsParametersMessage => {
  const { minVersion, maxVersion, ciphers = [], curves = [] } = parameters;
  return {
    ...(minVersion !== undefined && { tls_minimum_protocol_version: protocols[minVersion] }),
    ...(maxVersion !== undefined && { tls_maximum_protocol_version: protocols[maxVersion] }),
    cipher_suites: ciphers,
    ecdh_curves: curves,
  };
};

const protocols: { readonly [V in TlsVersion]: TlsProtocol } = {
  '1.0': TlsProtocol.TLSv1_0,
  '1.1': TlsProtocol.TLSv1_1,
  '1.2': TlsProtocol.TLSv1_2,
  '1.3': TlsProtocol.TLSv1_3,
};
