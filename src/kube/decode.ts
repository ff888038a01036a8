import { objectRef } from '../ir/object-ref.ts';
import { ofNginx } from './annotation/of-nginx.ts';
import { carriedIn, carriesObjects, slipsIn } from './annotation/carried-in.ts';
import { plain } from './codec/plain.ts';
import { recordOf } from './codec/record-of.ts';
import { decodeObject, type Decoding } from './decode-object.ts';
import { identify, type Identity } from './identity.ts';
import { isOfOtherClass, isOfUsualClass } from './core/ingress-class-name.ts';
import { carrierKinds } from './kind.ts';
import { notRead } from './not-read.ts';

/**
 * Reads anything. Total: whatever a user can write comes out decoded, ignored or rejected, what has more than
 * `mostBytes` as what its codec refuses.
 */
export const decode = (raw: unknown, mostBytes?: number): Decoding => {
  const read = plain(raw);
  const identity = identify(read.value);
  switch (identity._tag) {
    case 'Ours': {
      const decoding = decodeObject(identity, read, undefined, mostBytes);
      if (identity.kind === 'Ingress') return ofIngress(identity, decoding);
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

type Ours = Extract<Identity, { _tag: 'Ours' }>;

/**
 * An Ingress whose annotation names another class is as if its kind was not read, unless it carries something. Of one
 * that may be another controller's it is not said which of its fields and annotations we do not know.
 */
const ofIngress = (identity: Ours, decoding: Decoding): Decoding => {
  const { fields } = identity;
  if (decoding._tag !== 'Decoded') return decoding;
  if (isOfOtherClass(fields) && !carriesObjects(fields['metadata']))
    return { _tag: 'Ignored', description: `Ingress of ${String(fields['apiVersion'])}` };
  const { item } = decoding;
  if (isOfUsualClass(fields)) {
    const foreign = ofNginx(objectRef('Ingress', item.key), fields['metadata']);
    const told = { ...decoding, item: { ...item, problems: [...item.problems, ...foreign] } };
    return withCarried(identity, foreign.length === 0 ? decoding : told);
  }
  if (item.problems.length === 0) return withCarried(identity, decoding);
  const problems = item.problems.filter(({ _tag }) => _tag !== 'UnknownField');
  return withCarried(identity, { ...decoding, item: { ...item, problems } });
};

const withCarried = ({ kind, fields }: Ours, decoding: Decoding): Decoding => {
  if (decoding._tag !== 'Decoded') return decoding;
  const { item } = decoding;
  if (!carriesObjects(fields['metadata'])) {
    const slips = slipsIn(objectRef(kind, item.key), fields['metadata']);
    return slips.length === 0
      ? decoding
      : { ...decoding, item: { ...item, problems: [...item.problems, ...slips] } };
  }
  const { uid } = recordOf(fields['metadata']);
  const { problems, ...carries } = carriedIn(objectRef(kind, item.key), fields['metadata']);
  return {
    ...decoding,
    item: {
      ...item,
      ...(typeof uid === 'string' && item.version === undefined && { version: { uid } }),
      problems: [...item.problems, ...problems],
      carries,
    },
  };
};
