import type { SecretName } from './secret.ts';
import type { PeerVerification } from './trust-bundle.ts';
import type { TlsParameters } from './tls-parameters.ts';

/** What happens to the TLS handshakes of clients. */
export type Handshake = Terminate | PassThrough | Refuse;

/** TLS ends here. */
export interface Terminate {
  readonly _tag: 'Terminate';
  /** If there are several, each has another type of key, and a client gets one that it can verify. */
  readonly certificates: readonly [SecretName, ...SecretName[]];
  readonly settings?: TlsSettings;
}

/** TLS settings that are not the usual ones. */
interface TlsSettings {
  readonly parameters?: TlsParameters;
  /** The protocols that are offered, the preferred one first; absent: those of HTTP, or none for TCP. */
  readonly alpn?: readonly string[];
  /** Absent: clients are not asked for a certificate. */
  readonly clients?: ClientVerification;
}

/** Which clients are let in, by their certificates. */
export interface ClientVerification extends PeerVerification {
  /**
   * `Verified`: clients whose certificate is accepted. `VerifiedOrNone`: also clients without one.
   * `Anybody`: all clients. The backend is not told of the certificate in any case: Envoy sends no
   * `x-forwarded-client-cert` unless it is asked to.
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
