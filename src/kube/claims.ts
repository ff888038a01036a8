import { isRight } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';

import { list } from './codec/list.ts';
import { recordOf } from './codec/record-of.ts';
import { AmbassadorId } from './emissary/ambassador-id.ts';
import { ParentReference } from './gateway/references.ts';
import type { LanguageName } from './language.ts';
import type { ObjectVersion } from './kube-event.ts';

/** What a route wants to be attached to. */
export const ParentRefs = list(ParentReference);

/** Whose an object is that its codec refused, as far as that can be read. */
export const claimsOf = (
  language: LanguageName,
  spec: unknown,
): Pick<ObjectVersion, 'ambassadorId' | 'parentRefs'> => {
  const { ambassador_id: ids, parentRefs } = recordOf(spec);
  switch (language) {
    case 'emissary':
      return read('ambassadorId', AmbassadorId, ids);
    case 'gateway':
      return parentRefs === undefined ? {} : read('parentRefs', ParentRefs, parentRefs);
  }
};

const read = <N extends string, A>(
  name: N,
  codec: t.Decoder<unknown, A>,
  value: unknown,
): { readonly [K in N]?: A } => {
  const decoded = codec.decode(value);
  return (isRight(decoded) ? { [name]: decoded.right } : {}) as { readonly [K in N]?: A };
};
