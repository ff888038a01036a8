import type * as t from 'io-ts';

import { AmbassadorId } from './ambassador-id.ts';
import { mappingDestination } from './mapping-destination.ts';
import { mappingHandling } from './mapping-handling.ts';
import { mappingMatch } from './mapping-match.ts';
import { ObjectMeta } from './object-meta.ts';
import { struct } from './struct.ts';
import { Path, text } from './text.ts';

/** getambassador.io Mapping: which requests go to which service, and what happens to them. */
export const Mapping = struct(
  {
    metadata: ObjectMeta,
    spec: struct(
      { prefix: Path, service: text(1024) },
      {
        ambassador_id: AmbassadorId,
        ...mappingMatch,
        ...mappingDestination,
        ...mappingHandling,
      },
    ),
  },
  {},
);
export type Mapping = t.TypeOf<typeof Mapping>;
