import type * as t from 'io-ts';

import { struct } from '../codec/struct.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';

/**
 * getambassador.io KubernetesEndpointResolver or KubernetesServiceResolver: names a way to find
 * endpoints.
 */
export const Resolver = struct(
  { metadata: struct(metaFields, ageField), spec: struct({}, { ambassador_id: AmbassadorId }) },
  {},
);
export type Resolver = t.TypeOf<typeof Resolver>;
