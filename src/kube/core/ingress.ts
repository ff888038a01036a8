import type * as t from 'io-ts';

import { struct } from '../codec/struct.ts';
import { ObjectMeta } from './object-meta.ts';

/** networking.k8s.io/v1 Ingress, of which nothing is kept but that it is there. */
export const Ingress = struct({ metadata: ObjectMeta }, {});
export type Ingress = t.TypeOf<typeof Ingress>;
