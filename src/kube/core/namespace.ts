import type * as t from 'io-ts';

import { struct } from '../codec/struct.ts';
import { ObjectMeta } from './object-meta.ts';

/** core/v1 Namespace, cut down to its labels. */
export const Namespace = struct({ metadata: ObjectMeta }, {});
export type Namespace = t.TypeOf<typeof Namespace>;

/** The label that the API server gives to every Namespace: its name. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';
