import * as t from 'io-ts';

import { kinds, type Kind } from '../kube/kind.ts';
import type { LastGood } from '../kube/last-good.ts';
import { byField, type Codec } from './by-field.ts';
import { recordedObject } from './recorded-object.ts';
import { Key } from './reference.ts';

const ofKind = <K extends Kind>(kind: K) =>
  t.intersection([
    t.type({
      kind: t.literal(kind),
      key: Key,
      content: recordedObject(kind),
      because: t.keyof({ Invalid: null, Refused: null }),
    }),
    t.partial({ uid: t.string, file: t.string }),
  ]);

/** A last good version, as the state folder and the header of a journal keep it. */
export const RecordedLastGood: Codec<LastGood> = byField(
  'a last good version',
  'kind',
  Object.fromEntries(kinds.map((kind) => [kind, ofKind(kind)])),
);
