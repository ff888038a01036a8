import type * as t from 'io-ts';

import { struct } from '../codec/struct.ts';
import { Address, Name } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';

/** getambassador.io ConsulResolver: finds endpoints in a data centre of Consul. */
export const ConsulResolver = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: struct({}, { address: Address, ambassador_id: AmbassadorId, datacenter: Name }),
  },
  {},
);
export type ConsulResolver = t.TypeOf<typeof ConsulResolver>;
