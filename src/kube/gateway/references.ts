import type * as t from 'io-ts';

import { defaulted } from '../codec/defaulted.ts';
import { integer } from '../codec/integer.ts';
import { Port } from '../codec/port.ts';
import { struct } from '../codec/struct.ts';
import { Namespace } from '../core/object-meta.ts';
import { Group, KindName, ReferredName, SectionName } from './names.ts';

/** The API group of the Gateway API. */
export const gatewayGroup = 'gateway.networking.k8s.io';

/** An object that a route or a policy attaches to; a Gateway unless it says otherwise. */
export const ParentReference = struct(
  {
    group: defaulted(Group, gatewayGroup),
    kind: defaulted(KindName, 'Gateway'),
    name: ReferredName,
  },
  { namespace: Namespace, sectionName: SectionName, port: Port },
);
export type ParentReference = t.TypeOf<typeof ParentReference>;

/** The Secret with a certificate, unless it says otherwise. */
export const SecretReference = struct(
  { group: defaulted(Group, ''), kind: defaulted(KindName, 'Secret'), name: ReferredName },
  { namespace: Namespace },
);
export type SecretReference = t.TypeOf<typeof SecretReference>;

/** An object of any kind, perhaps of another namespace. */
export const ObjectReference = struct(
  { group: Group, kind: KindName, name: ReferredName },
  { namespace: Namespace },
);
export type ObjectReference = t.TypeOf<typeof ObjectReference>;

/** An object of any kind in the same namespace. */
export const LocalReference = struct({ group: Group, kind: KindName, name: ReferredName }, {});
export type LocalReference = t.TypeOf<typeof LocalReference>;

const backendFields = {
  group: defaulted(Group, ''),
  kind: defaulted(KindName, 'Service'),
  name: ReferredName,
};

const backendPlace = { namespace: Namespace, port: Port };

/** Where requests go: a port of a Service, unless it says otherwise. */
export const BackendReference = struct(backendFields, backendPlace);
export type BackendReference = t.TypeOf<typeof BackendReference>;

/** A backend of a rule, with its share of the requests. */
export const weightedBackend = <P extends t.Props>(more: P) =>
  struct(
    { ...backendFields, weight: defaulted(integer(0, 1_000_000), 1) },
    { ...backendPlace, ...more },
  );
