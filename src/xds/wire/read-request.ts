import { empty } from '../../collection/collection.ts';
import type { DeltaRequest } from '../session/discovery.ts';
import type { Held } from '../session/held.ts';
import { typeUrls, type TypeUrl } from '../type-url.ts';
import { readFields } from './read-fields.ts';
import { namesReader, type ReadNames } from './read-names.ts';
import { readVersions } from './read-versions.ts';

/** Reads a DeltaDiscoveryRequest; throws when the bytes are none. */
type ReadRequest = (bytes: Buffer, current?: Current) => DeltaRequest;

/** The present resources of each type. */
type Current = { readonly [T in TypeUrl]: Held };

/**
 * Reads the requests of many clients, which hold much the same: the present resources or, before
 * the first snapshot, what the client before holds.
 */
export const requestReader = (): ReadRequest => {
  const readers = new Map<TypeUrl, ReadNames>();
  const before = new Map<TypeUrl, Held>();
  return (bytes, current) => {
    const { typeUrl, subscribe, unsubscribe, held, nonce, ...rest } = partsOf(bytes);
    const known = typeUrls.find((one) => one === typeUrl);
    if (known === undefined) return { ...noNames, typeUrl, nonce, ...rest };
    const likely = current?.[known] ?? before.get(known) ?? empty();
    const readNames = readers.get(known) ?? namesReader();
    readers.set(known, readNames);
    const initialVersions = held.length === 0 ? nothing : readVersions(bytes, held, likely);
    if (current === undefined && held.length > 0) before.set(known, initialVersions);
    return {
      typeUrl,
      subscribe: readNames(bytes, subscribe, current === undefined ? initialVersions : likely),
      unsubscribe: readNames(bytes, unsubscribe, empty()),
      initialVersions,
      nonce,
      ...rest,
    };
  };
};

/** The parts of a request; for lists, the places of their items. */
const partsOf = (bytes: Buffer) => {
  const [subscribe, unsubscribe, held]: [number[], number[], number[]] = [[], [], []];
  const parts: Parts = { typeUrl: '', nonce: '' };
  readFields(bytes, 0, bytes.length, (field, start, end) => {
    if (field === 1) parts.node = nodeIn(bytes, start, end);
    else if (field === 2) parts.typeUrl = bytes.toString('utf8', start, end);
    else if (field === 3) subscribe.push(start, end);
    else if (field === 4) unsubscribe.push(start, end);
    else if (field === 5) held.push(start, end);
    else if (field === 6) parts.nonce = bytes.toString('utf8', start, end);
    else if (field === 7) parts.error = errorIn(bytes, start, end);
  });
  return { ...parts, subscribe, unsubscribe, held };
};

interface Parts {
  typeUrl: string;
  nonce: string;
  node?: NonNullable<DeltaRequest['node']>;
  error?: string;
}

const nodeIn = (bytes: Buffer, from: number, to: number): NonNullable<DeltaRequest['node']> => {
  const node = { id: '', cluster: '', userAgent: '' };
  readFields(bytes, from, to, (field, start, end) => {
    if (field === 1) node.id = bytes.toString('utf8', start, end);
    else if (field === 2) node.cluster = bytes.toString('utf8', start, end);
    else if (field === 6) node.userAgent = bytes.toString('utf8', start, end);
  });
  return node;
};

/** The message of a `google.rpc.Status`, or its beginning: it is kept for each resource that is refused. */
const errorIn = (bytes: Buffer, from: number, to: number): string => {
  let message = '';
  readFields(bytes, from, to, (field, start, end) => {
    if (field === 2)
      message = bytes.toString('utf8', start, Math.min(end, start + longestMessage)).trim();
  });
  return message;
};

/** In bytes. */
const longestMessage = 2_048;

const nothing: Held = empty();

const noNames = { subscribe: [], unsubscribe: [], initialVersions: nothing };
