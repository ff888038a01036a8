import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { TlsParameters } from '../../../ir/tls-parameters.ts';
import type { TrustBundleName } from '../../../ir/trust-bundle.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Claimant } from '../../contribution/seniority.ts';

/** How TLS is spoken, as a TLSContext or the `tls` of a Host says it, with what it names. */
export interface SpokenTls {
  readonly ref: ObjectRef;
  /** The certificate that is shown: to clients, or to a service that asks for one. */
  readonly certificate?: SecretName;
  /** By whom the certificate of the other side must be issued. */
  readonly authority?: Authority;
  /** Whether clients must show a certificate. */
  readonly certRequired?: true;
  readonly parameters?: TlsParameters;
  readonly alpn?: readonly string[];
  /** The server name that a service is asked for. */
  readonly sni?: string;
  /** Something that was asked for is not there: no client is let in, and nothing is sent to a service. */
  readonly isClosed?: true;
  readonly problems: readonly Problem[];
}

/** The Secrets that say whom to trust, and the bundle that is made of them. */
export interface Authority {
  readonly bundle: TrustBundleName;
  readonly authorities: ObjectKey;
  readonly revocations?: ObjectKey;
}

/** A TLSContext with what it names. */
export interface CompiledContext extends SpokenTls, Claimant {
  readonly key: ObjectKey;
  /** The names of Hosts or host names it is for; none: any. */
  readonly hosts: readonly string[];
}
