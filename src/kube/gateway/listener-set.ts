import type * as t from 'io-ts';

import { defaulted } from '../codec/defaulted.ts';
import { list } from '../codec/list.ts';
import { struct } from '../codec/struct.ts';
import { ageField, metaFields, Namespace } from '../core/object-meta.ts';
import { ListenerEntry } from './listener-entry.ts';
import { Group, KindName, ReferredName } from './names.ts';
import { gatewayGroup } from './references.ts';

/** gateway.networking.k8s.io ListenerSet: listeners that are added to a Gateway. */
export const ListenerSet = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: struct(
      {
        parentRef: struct(
          {
            group: defaulted(Group, gatewayGroup),
            kind: defaulted(KindName, 'Gateway'),
            name: ReferredName,
          },
          { namespace: Namespace },
        ),
        listeners: list(ListenerEntry),
      },
      {},
    ),
  },
  {},
);
export type ListenerSet = t.TypeOf<typeof ListenerSet>;
