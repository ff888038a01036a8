import type { SecretName } from './secret.ts';
import type { PeerVerification } from './trust-bundle.ts';
import type { TlsParameters } from './tls-parameters.ts';

/** What becomes of the TLS handshakes of a client. */
export type Handshake = Terminate | PassThrough | Refuse;

/** TLS ends here. */
export interface Terminate {
  readonly _tag: 'Terminate';
  /** Of several, each of another type of key, a client gets one that it can verify. */
  readonly certificates: readonly [SecretName, ...SecretName[]];
  readonly settings?: TlsSettings;
}

/** In what TLS differs from that of all others. */
interface TlsSettings {
  readonly parameters?: TlsParameters;
  /** The protocols that are offered, the preferred one first; absent: those of what is carried. */
  readonly alpn?: readonly string[];
  /** Absent: clients are not asked for a certificate. */
  readonly clients?: ClientVerification;
}

/** Which clients are let in, by their certificates. */
export interface ClientVerification extends PeerVerification {
  /**
   * Those whose certificate is accepted; those without one too; or all, so that whoever is behind has to
   * look at the certificate.
   */
  readonly admits: 'Verified' | 'VerifiedOrNone' | 'Anybody';
}

/** TLS ends at a backend, which has the certificate. */
interface PassThrough {
  readonly _tag: 'PassThrough';
}

/** The connection is closed. */
interface Refuse {
  readonly _tag: 'Refuse';
}
