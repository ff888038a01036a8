import { isRight } from 'fp-ts/lib/Either.js';
import type * as t from 'io-ts';

import { list } from './codec/list.ts';
import { recordOf } from './codec/record-of.ts';
import { AmbassadorId } from './emissary/ambassador-id.ts';
import { Host, wantsTls } from './emissary/host.ts';
import { PolicyTarget } from './gateway/backend-tls-policy.ts';
import { ReferredName } from './gateway/names.ts';
import { ParentReference } from './gateway/references.ts';
import type { Kind } from './kind.ts';
import type { Decoded, ObjectVersion } from './kube-event.ts';
import type { LanguageName } from './language.ts';

/** What a route or ListenerSet wants to be attached to. */
export const ParentRefs = list(ParentReference);

/** As many as its codec reads. */
const mostTargets = 64;

/** What a policy is for. */
export const PolicyTargets = list(PolicyTarget, mostTargets);

/** Whose an object is that its codec refused, as far as that can be read. */
export const claimsOf = (
  language: LanguageName,
  spec: unknown,
): Pick<ObjectVersion, 'ambassadorId' | 'parentRefs' | 'gatewayClass'> => {
  const { ambassador_id: ids, parentRef, parentRefs, gatewayClassName } = recordOf(spec);
  switch (language) {
    case 'emissary':
      return read('ambassadorId', AmbassadorId, ids);
    case 'gateway':
      if (gatewayClassName !== undefined)
        return read('gatewayClass', ReferredName, gatewayClassName);
      if (parentRef !== undefined) return read('parentRefs', ParentRefs, [parentRef]);
      return parentRefs === undefined ? {} : read('parentRefs', ParentRefs, parentRefs);
  }
};

/** What a policy is for that its codec refused: each target that can be read, as a whole where its port cannot. */
export const targetsOf = (kind: Kind, spec: unknown): Pick<Decoded, 'targetRefs'> => {
  const { targetRefs } = recordOf(spec);
  if (kind !== 'BackendTLSPolicy' || !Array.isArray(targetRefs)) return {};
  const read = targetRefs.slice(0, mostTargets).flatMap((target): readonly PolicyTarget[] => {
    const { sectionName: _, ...whole } = recordOf(target);
    const decoded = [target, whole].map((one) => PolicyTarget.decode(one)).find(isRight);
    return decoded === undefined ? [] : [decoded.right];
  });
  return read.length === 0 ? {} : { targetRefs: read };
};

/**
 * A Host with TLS that its codec refused, as far as it says which name it is for; for which installations, only where
 * that can be read.
 */
export const unreadHostOf = (
  kind: Kind,
  { metadata, spec }: Readonly<Record<string, unknown>>,
): Pick<Decoded, 'unread'> => {
  const { hostname, ambassador_id, ...more } = recordOf(spec);
  if (kind !== 'Host' || !wantsTls(more)) return {};
  const names = [{ hostname, ambassador_id }, { hostname }];
  const decoded = names.map((one) => Host.decode({ metadata, spec: one })).find(isRight);
  return decoded === undefined ? {} : { unread: decoded.right };
};

const read = <N extends string, A>(
  name: N,
  codec: t.Decoder<unknown, A>,
  value: unknown,
): { readonly [K in N]?: A } => {
  const decoded = codec.decode(value);
  return (isRight(decoded) ? { [name]: decoded.right } : {}) as { readonly [K in N]?: A };
};
