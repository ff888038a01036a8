import * as t from 'io-ts';

import { isIpV4, isIpV6 } from '../../ir/address/ip-address.ts';
import { defaulted } from '../codec/defaulted.ts';
import { opaque } from '../codec/leaf.ts';
import { unboundedList } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { Port } from '../codec/port.ts';
import { struct } from '../codec/struct.ts';
import { ObjectMeta } from './object-meta.ts';

const Address = opaque(
  'an IP address without a zone and leading zeros, or a host name',
  (u): u is string =>
    typeof u === 'string' && (isIpV4(u) || isIpV6(u) || (hostname.test(u) && !/^[\d.]+$/.test(u))),
);

const hostname = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;

/** One Pod, or whatever serves, with its addresses of the slice's family. */
const SliceEndpoint = struct(
  { addresses: unboundedList(Address) },
  {
    conditions: struct({}, { ready: t.boolean, serving: t.boolean, terminating: t.boolean }),
  },
);

/** A port every endpoint of the slice serves on; its name is the Service port's. */
const SlicePort = struct(
  { protocol: defaulted(oneOf('TCP', 'UDP', 'SCTP'), 'TCP') },
  { port: Port, name: t.string, appProtocol: t.string },
);

/** discovery.k8s.io/v1 EndpointSlice, cut down to addresses, ports and conditions. */
export const EndpointSlice = struct(
  {
    metadata: ObjectMeta,
    addressType: oneOf('IPv4', 'IPv6', 'FQDN'),
    endpoints: defaulted(unboundedList(SliceEndpoint), []),
    ports: defaulted(unboundedList(SlicePort), []),
  },
  {},
);
export type EndpointSlice = t.TypeOf<typeof EndpointSlice>;

/** The label that says which Service a slice belongs to. */
export const serviceNameLabel = 'kubernetes.io/service-name';
