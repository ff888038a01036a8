import * as t from 'io-ts';

import { defaulted } from '../codec/defaulted.ts';
import { unboundedList } from '../codec/list.ts';
import { opaque } from '../codec/leaf.ts';
import { oneOf } from '../codec/one-of.ts';
import { Port } from '../codec/port.ts';
import { struct } from '../codec/struct.ts';
import { ObjectMeta } from './object-meta.ts';

/** One port of a Service. */
const ServicePort = struct(
  { port: Port, protocol: defaulted(oneOf('TCP', 'UDP', 'SCTP'), 'TCP') },
  {
    name: t.string,
    appProtocol: t.string,
    /** The port of its Pods, where it is another one; or the name that they give it. */
    targetPort: opaque(
      'a port, or the name of one',
      (u): u is number | string => typeof u === 'number' || typeof u === 'string',
    ),
  },
);
export type ServicePort = t.TypeOf<typeof ServicePort>;

/** Where a Service of the type LoadBalancer can be reached from outside. */
export const LoadBalancer = struct(
  {},
  { ingress: unboundedList(struct({}, { ip: t.string, hostname: t.string })) },
);

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
  {
    status: struct({}, { loadBalancer: LoadBalancer }),
  },
);
export type Service = t.TypeOf<typeof Service>;
