import type * as t from 'io-ts';

import { AmbassadorId } from './ambassador-id.ts';
import { ObjectMeta } from './object-meta.ts';
import { struct } from './struct.ts';

/** getambassador.io KubernetesEndpointResolver or KubernetesServiceResolver: a name for a way. */
export const Resolver = struct(
  { metadata: ObjectMeta, spec: struct({}, { ambassador_id: AmbassadorId }) },
  {},
);
export type Resolver = t.TypeOf<typeof Resolver>;
