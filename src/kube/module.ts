import type * as t from 'io-ts';

import { AmbassadorId } from './ambassador-id.ts';
import { AnyObject } from './any-object.ts';
import { ObjectMeta } from './object-meta.ts';
import { struct } from './struct.ts';

/** getambassador.io Module: settings of the whole gateway, of any shape. */
export const Module = struct(
  {
    metadata: ObjectMeta,
    spec: struct({ config: AnyObject }, { ambassador_id: AmbassadorId }),
  },
  {},
);
export type Module = t.TypeOf<typeof Module>;
