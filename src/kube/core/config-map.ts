import * as t from 'io-ts';

import { struct } from '../codec/struct.ts';
import { ObjectMeta } from './object-meta.ts';

/** core/v1 ConfigMap, cut down to the certificates of authorities; nothing else of its data is kept. */
export const ConfigMap = struct(
  { metadata: ObjectMeta },
  { data: struct({}, { 'ca.crt': t.string }) },
);
export type ConfigMap = t.TypeOf<typeof ConfigMap>;
