import type { Collection } from '../collection/collection.ts';
import type { ServedCertificates } from './certificate/served-certificate.ts';
import type { Resource } from './resource.ts';
import type { TypeUrl } from './type-url.ts';

/** Everything an Envoy should hold, as one consistent set. */
export interface Snapshot {
  /** Counts the snapshots of one run; never part of a version. */
  readonly seq: number;
  readonly resources: { readonly [T in TypeUrl]: Collection<string, Resource> };
  /** What is served for server names that are asked for on demand. */
  readonly certificates: ServedCertificates;
}
