import * as t from 'io-ts';

import { defaulted } from '../codec/defaulted.ts';
import { unboundedList } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { Port } from '../codec/port.ts';
import { struct } from '../codec/struct.ts';
import { ObjectMeta } from './object-meta.ts';

/** One port of a Service. */
const ServicePort = struct(
  { port: Port, protocol: defaulted(oneOf('TCP', 'UDP', 'SCTP'), 'TCP') },
  { name: t.string, appProtocol: t.string },
);
export type ServicePort = t.TypeOf<typeof ServicePort>;

/** core/v1 Service, cut down to what a route can depend on. */
export const Service = struct(
  {
    metadata: ObjectMeta,
    spec: struct(
      { ports: defaulted(unboundedList(ServicePort), []) },
      {
        type: t.string,
        clusterIP: t.string,
        externalName: t.string,
        ipFamilies: unboundedList(oneOf('IPv4', 'IPv6')),
      },
    ),
  },
  {},
);
export type Service = t.TypeOf<typeof Service>;
