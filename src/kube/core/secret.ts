import * as t from 'io-ts';

import { Sensitive } from '../../ir/sensitive.ts';
import { opaque } from '../codec/leaf.ts';
import { struct } from '../codec/struct.ts';
import { ObjectMeta } from './object-meta.ts';

/** core/v1 Secret, cut down to its certificate; nothing else of its data is ever kept. */
export const Secret = struct(
  { metadata: ObjectMeta, type: t.string },
  {
    /** PEM, the leaf first. */
    certificateChain: t.string,
    privateKey: opaque('a private key', (u): u is Sensitive => u instanceof Sensitive),
  },
);
export type Secret = t.TypeOf<typeof Secret>;
