import type * as t from 'io-ts';

import { list } from '../codec/list.ts';
import { strict } from '../codec/strict.ts';
import { struct } from '../codec/struct.ts';
import { ageField, metaFields, Namespace } from '../core/object-meta.ts';
import { Group, KindName, ReferredName } from './names.ts';

/** gateway.networking.k8s.io ReferenceGrant: who may refer to objects of its namespace. */
export const ReferenceGrant = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: struct(
      {
        from: list(strict(struct({ group: Group, kind: KindName, namespace: Namespace }, {})), 64),
        to: list(strict(struct({ group: Group, kind: KindName }, { name: ReferredName })), 64),
      },
      {},
    ),
  },
  {},
);
export type ReferenceGrant = t.TypeOf<typeof ReferenceGrant>;
