import * as t from 'io-ts';

import { Sensitive } from '../ir/sensitive.ts';
import { kindTable, type Kind, type ObjectOf } from '../kube/kind.ts';

/**
 * An object as a journal keeps it: already decoded, so it is checked and not decoded again. Of a
 * private key there is the handle alone, and whether the key was lost.
 */
export const recordedObject = <K extends Kind>(kind: K): t.Type<ObjectOf<K>, unknown, unknown> => {
  const expected = `a decoded ${kind}`;
  const is = (u: unknown): u is ObjectOf<K> => kindTable[kind].codec.is(u);
  return new t.Type(
    expected,
    is,
    (u, context) => {
      const object = kind === 'Secret' ? withKey(u) : u;
      return is(object) ? t.success(object) : t.failure(u, context, `expected ${expected}`);
    },
    withHandle,
  );
};

/** What JSON made of a private key, turned back into one that has a handle and no value. */
const withKey = (u: unknown): unknown => {
  if (!PrivateKeyHolder.is(u)) return u;
  const { handle, lost = false } = u.privateKey;
  return { ...u, privateKey: new Sensitive(handle, undefined, lost) };
};

const withHandle = (object: object): unknown =>
  'privateKey' in object && object.privateKey instanceof Sensitive
    ? { ...object, privateKey: recordedKey(object.privateKey) }
    : object;

const recordedKey = ({ handle, isLost }: Sensitive): RecordedKey =>
  isLost ? { handle, lost: true } : { handle };

const RecordedKey = t.intersection([t.type({ handle: t.string }), t.partial({ lost: t.boolean })]);
type RecordedKey = t.TypeOf<typeof RecordedKey>;

const PrivateKeyHolder = t.type({ privateKey: RecordedKey });
