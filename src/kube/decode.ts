import { objectRef } from '../ir/object-ref.ts';
import { carriedIn, carriesObjects } from './annotation/carried-in.ts';
import { plain } from './codec/plain.ts';
import { recordOf } from './codec/record-of.ts';
import { decodeObject, type Decoding } from './decode-object.ts';
import { identify, type Identity } from './identity.ts';
import { carrierKinds } from './kind.ts';
import { notRead } from './not-read.ts';

/** Reads anything. Total: whatever a user can write comes out decoded, ignored or rejected. */
export const decode = (raw: unknown): Decoding => {
  const read = plain(raw);
  const identity = identify(read.value);
  switch (identity._tag) {
    case 'Ours': {
      const decoding = decodeObject(identity, read);
      return carrierKinds.includes(identity.kind) ? withCarried(identity, decoding) : decoding;
    }
    case 'Foreign': {
      const problems = notRead(read.value);
      return problems.length === 0
        ? { _tag: 'Ignored', description: identity.description }
        : { _tag: 'Rejected', problems };
    }
    case 'Unusable':
      return { _tag: 'Rejected', problems: [identity.problem] };
  }
};

/** Of Ingresses only those are kept that carry something; the others are as if their kind was not read. */
const withCarried = (
  { kind, fields }: Extract<Identity, { _tag: 'Ours' }>,
  decoding: Decoding,
): Decoding => {
  if (decoding._tag !== 'Decoded') return decoding;
  const unread = kind === 'Ingress' ? notRead(fields) : [];
  if (!carriesObjects(fields['metadata'])) {
    if (kind !== 'Ingress') return decoding;
    return unread.length === 0
      ? { _tag: 'Ignored', description: `${kind} of ${String(fields['apiVersion'])}` }
      : { _tag: 'Rejected', problems: unread };
  }
  const { item } = decoding;
  const { uid } = recordOf(fields['metadata']);
  const { problems, ...carries } = carriedIn(objectRef(kind, item.key), fields['metadata']);
  return {
    ...decoding,
    item: {
      ...item,
      ...(typeof uid === 'string' && { version: { uid } }),
      problems: [...item.problems, ...unread, ...problems],
      carries,
    },
  };
};
