import * as t from 'io-ts';

import { struct } from '../codec/struct.ts';
import { text } from '../codec/text.ts';
import { ageField, metaFields, Namespace } from '../core/object-meta.ts';
import { Group, KindName, ReferredName } from './names.ts';

/** gateway.networking.k8s.io GatewayClass: which controller has the Gateways of this class. */
export const GatewayClass = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: struct(
      { controllerName: text(253) },
      {
        parametersRef: struct(
          { group: Group, kind: KindName, name: ReferredName },
          { namespace: Namespace },
        ),
        description: t.string,
      },
    ),
  },
  {},
);
export type GatewayClass = t.TypeOf<typeof GatewayClass>;
