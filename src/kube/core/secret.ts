import * as t from 'io-ts';

import { Sensitive } from '../../ir/sensitive.ts';
import { opaque } from '../codec/leaf.ts';
import { struct } from '../codec/struct.ts';
import { ObjectMeta } from './object-meta.ts';

/** core/v1 Secret, cut down to what TLS needs of it; nothing else of its data is ever kept. */
export const Secret = struct(
  { metadata: ObjectMeta, type: t.string },
  {
    /** PEM, the leaf first. */
    certificateChain: t.string,
    /** The certificates of authorities, PEM: of a Secret that has no key for its certificate. */
    authorities: t.string,
    /** Certificate revocation lists (CRLs), PEM. */
    revocations: t.string,
    /** Whether whoever trusts its authorities asks clients for a certificate (`cert_required`). */
    certRequired: t.boolean,
    /** Why its certificate, which is that of an authority, cannot be served. */
    unservable: t.string,
    privateKey: opaque('a private key', (u): u is Sensitive => u instanceof Sensitive),
  },
);
export type Secret = t.TypeOf<typeof Secret>;
