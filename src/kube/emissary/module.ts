import type * as t from 'io-ts';

import { AnyObject } from '../codec/any-object.ts';
import { struct } from '../codec/struct.ts';
import { ObjectMeta } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';

/** getambassador.io Module: settings of the whole gateway, of any shape. */
export const Module = struct(
  {
    metadata: ObjectMeta,
    spec: struct({ config: AnyObject }, { ambassador_id: AmbassadorId }),
  },
  {},
);
export type Module = t.TypeOf<typeof Module>;
