/** Versions of TLS. */
export type TlsVersion = '1.0' | '1.1' | '1.2' | '1.3';

/** What is negotiated in a TLS handshake; a field that is absent has Envoy's default. */
export interface TlsParameters {
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
  /** For TLS 1.2 and below, by their OpenSSL names, the preferred one first. */
  readonly ciphers?: readonly string[];
  readonly curves?: readonly string[];
}

/** Which of them keeps a name from being served over QUIC: Envoy 1.40 would serve it, and not obey. */
export const notOverQuic = ({ maxVersion, curves }: TlsParameters = {}):
  'maxVersion' | 'curves' | undefined => {
  if (maxVersion !== undefined && maxVersion !== '1.3') return 'maxVersion';
  return curves === undefined ? undefined : 'curves';
};
