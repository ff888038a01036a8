import { isRight } from 'fp-ts/lib/Either.js';

import type { ObjectKey } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import { recordOf } from './codec/record-of.ts';
import { readAnnotations } from './core/object-meta.ts';
import { keyIn, type Scope } from './core/scope.ts';
import { LoadBalancer } from './core/service.ts';
import { decode } from './decode.ts';
import { GivenAddresses } from './gateway/gateway.ts';
import { kindTable, resourceName, type Kind } from './kind.ts';
import type { Decoded, KubeEvent } from './kube-event.ts';
import type { Interrupted, Reflected } from './reflect/reflected.ts';

/** An object from the API server, decoded and cut down to what is kept. */
export interface Arrival {
  readonly key: ObjectKey;
  /** Absent for an object that does not concern us, like a Secret without a certificate. */
  readonly item?: Decoded;
  /** Only for objects of a language: the same until the owner of the object changes something. */
  readonly stamp?: string;
}

/** Reads an object of a kind that has at most so many bytes; total. */
export const arrival =
  (kind: Kind, mostBytes?: number) =>
  (raw: unknown): Arrival => {
    const arrived = read(kind, raw, mostBytes);
    const stamp = kindTable[kind].language === undefined ? undefined : stampOf(kind, raw);
    return stamp === undefined ? arrived : { ...arrived, stamp };
  };

const read = (kind: Kind, raw: unknown, mostBytes?: number): Arrival => {
  const key = keyOf(kindTable[kind].scope, raw);
  const decoding = decode(withType(kind, raw), mostBytes);
  switch (decoding._tag) {
    case 'Decoded':
      return { key, item: withAddresses(kind, decoding.item, raw) };
    case 'Rejected':
      return { key, item: { key, problems: decoding.problems } };
    case 'Ignored':
      return { key };
  }
};

/**
 * `generation` grows when the owner changes the spec. It does not grow with metadata and the
 * writers' API versions, so what we read of these is added; of the Gateway API's kinds none is read,
 * but of a Gateway the addresses that it was given.
 */
const stampOf = (kind: Kind, raw: unknown): string | undefined => {
  const { uid, generation, labels, annotations, managedFields } = recordOf(
    recordOf(raw)['metadata'],
  );
  if (typeof uid !== 'string' || typeof generation !== 'number') return undefined;
  if (kindTable[kind].language === 'gateway')
    return JSON.stringify([uid, generation, kind === 'Gateway' ? addressesOf(raw) : undefined]);
  const writers: unknown[] = [];
  for (const entry of Array.isArray(managedFields) ? managedFields : []) {
    const { manager, apiVersion, subresource } = recordOf(entry);
    if (subresource !== 'status') writers.push([manager, apiVersion]);
  }
  const annotated = Object.entries(recordOf(annotations)).filter(([name]) =>
    readAnnotations.includes(name),
  );
  return JSON.stringify([uid, generation, labels, annotated, writers]);
};

/**
 * A Gateway with the addresses that it was given before, and a Service with those of its load balancer: all
 * that is read of any status.
 */
const withAddresses = (kind: Kind, item: Decoded, raw: unknown): Decoded => {
  const { object } = item;
  const status = object === undefined ? undefined : keptStatus(kind, raw);
  return object === undefined || status === undefined
    ? item
    : { ...item, object: { ...object, status } };
};

const keptStatus = (kind: Kind, raw: unknown): object | undefined => {
  if (kind === 'Gateway') {
    const addresses = addressesOf(raw);
    return addresses && { addresses };
  }
  if (kind !== 'Service') return undefined;
  const read = LoadBalancer.decode(recordOf(recordOf(raw)['status'])['loadBalancer']);
  return isRight(read) && read.right.ingress !== undefined && read.right.ingress.length > 0
    ? { loadBalancer: read.right }
    : undefined;
};

const addressesOf = (raw: unknown): GivenAddresses | undefined => {
  const { addresses } = recordOf(recordOf(raw)['status']);
  const read = GivenAddresses.decode(addresses);
  return isRight(read) && read.right.length > 0 ? read.right : undefined;
};

/** What happened to the objects of a kind, as events; `Unreachable` is no problem of the user. */
export const kindEvents =
  (kind: Kind) =>
  (reflected: Reflected<Arrival>): readonly KubeEvent[] => {
    switch (reflected._tag) {
      case 'Synced':
        return [
          { _tag: 'Listed', kind, items: reflected.items.flatMap(({ item }) => item ?? []) },
          reported(kind, []),
        ];
      case 'Upserted': {
        const { key, item } = reflected.item;
        return [item === undefined ? deleted(kind, key) : { _tag: 'Applied', kind, item }];
      }
      case 'Removed':
        return [deleted(kind, reflected.item.key)];
      case 'Restored':
        return [reported(kind, [])];
      case 'Interrupted':
        return interrupted(kind, reflected);
    }
  };

/** The key of an object from the API server; every object there has a name. */
export const keyOf = (scope: Scope, raw: unknown): ObjectKey => {
  const { metadata } = recordOf(raw);
  const { namespace, name } = recordOf(metadata);
  return keyIn(
    scope,
    typeof namespace === 'string' ? namespace : 'default',
    typeof name === 'string' ? name : '',
  );
};

/**
 * Adds `apiVersion` and `kind`, which the items of a list do not have. `status` and `managedFields`
 * are most of an object, so they are dropped before anything else is read. Of `managedFields` only
 * the API versions that wrote the spec stay: they show whether it has an old shape. Fields stay in
 * the order of the API server, so they need no sorting.
 */
const withType = (kind: Kind, raw: unknown): unknown => {
  const { status: _, metadata, kind: _kind, apiVersion: _version, ...rest } = recordOf(raw);
  const kept = recordOf(metadata);
  const { managedFields } = kept;
  const { apiVersion, language } = kindTable[kind];
  const canBeOld = language === 'emissary' && Array.isArray(managedFields);
  const managers = canBeOld ? managedFields.map(writer) : [];
  return {
    apiVersion,
    kind,
    metadata: managedFields === undefined ? kept : { ...kept, managedFields: managers },
    ...rest,
  };
};

const writer = (manager: unknown): object => {
  const { apiVersion, fieldsV1 } = recordOf(manager);
  return { apiVersion, fieldsV1: Object.hasOwn(recordOf(fieldsV1), spec) ? { [spec]: {} } : {} };
};

const spec = 'f:spec';

const interrupted = (kind: Kind, { cause, message }: Interrupted): readonly KubeEvent[] => {
  const unreadable: Problem = { _tag: 'UnreadableKind', kind: resourceName(kind), reason: message };
  switch (cause) {
    case 'NotInstalled':
      return [{ _tag: 'Listed', kind, items: [] }, reported(kind, [unreadable])];
    case 'Forbidden':
      return [reported(kind, [unreadable])];
    case 'Unreachable':
      return [];
  }
};

const reported = (kind: Kind, problems: readonly Problem[]): KubeEvent => ({
  _tag: 'Reported',
  origin: resourceName(kind),
  problems,
});

const deleted = (kind: Kind, key: ObjectKey): KubeEvent => ({ _tag: 'Deleted', kind, key });
