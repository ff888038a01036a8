import type * as t from 'io-ts';

import { AmbassadorId } from './ambassador-id.ts';
import { ObjectMeta } from './object-meta.ts';
import { struct } from './struct.ts';
import { Address, Name } from './text.ts';

/** getambassador.io ConsulResolver: finds endpoints in a data centre of Consul. */
export const ConsulResolver = struct(
  {
    metadata: ObjectMeta,
    spec: struct({}, { address: Address, ambassador_id: AmbassadorId, datacenter: Name }),
  },
  {},
);
export type ConsulResolver = t.TypeOf<typeof ConsulResolver>;
