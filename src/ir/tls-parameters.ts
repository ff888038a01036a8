/** Versions of TLS. */
export type TlsVersion = '1.0' | '1.1' | '1.2' | '1.3';

/** What is agreed on in a TLS handshake; what is absent is as Envoy has it. */
export interface TlsParameters {
  readonly minVersion?: TlsVersion;
  readonly maxVersion?: TlsVersion;
  /** For TLS 1.2 and below, by their OpenSSL names, the preferred one first. */
  readonly ciphers?: readonly string[];
  readonly curves?: readonly string[];
}
