import type { Collection } from '../../../collection/collection.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import { mapGiven, type MappedGiven } from '../../../collection/operator/map-given.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import { asWritten } from '../ingress/ingress-part.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';
import { closes, type Closure } from './closure.ts';

/** The Mappings that are routed, some of them closed. Where none is closed, these steps cost nothing. */
export interface ClosedMappings {
  readonly guarded: MappedGiven<ObjectKey, Mapping, Closure, true>;
  readonly closed: Joined<ObjectKey, true, { readonly usable: CompiledMapping }, CompiledMapping>;
  readonly routed: United<ObjectKey, CompiledMapping>;
}

/** Closes the Mappings whose requests are guarded. */
export function* closedMappings(
  previous: ClosedMappings | undefined,
  mappings: Collection<ObjectKey, Mapping>,
  usable: Collection<ObjectKey, CompiledMapping>,
  closure: Closure | undefined,
): Work<ClosedMappings> {
  const guarded = yield* guardedOf(previous?.guarded, mappings, closure);
  const closed = yield* closeEach(previous?.closed, guarded.output, { usable });
  const routed = yield* union(previous?.routed, closed.output, usable);
  return { guarded, closed, routed };
}

const guardedOf = mapGiven(({ spec }: Mapping, _: ObjectKey, closure: Closure): true | undefined =>
  closes(closure, spec) ? true : undefined,
);

/**
 * A redirect is an answer of the gateway itself, and nobody gets the answer to the copy of a request. The
 * owner is told nothing of the object that should guard the requests: it can be in another namespace.
 */
const closeEach = joinEach<ObjectKey, true, { readonly usable: CompiledMapping }, CompiledMapping>(
  (_, key, read) => {
    const mapping = read('usable', key);
    if (mapping?.target._tag !== 'Forward') return undefined;
    const { ref: object } = mapping;
    return {
      ...mapping,
      target: { _tag: 'Closed' },
      problems: asWritten(key, [
        { _tag: 'GuardUnusable', object, field: '', effect: 'GuardedRefused' },
      ]),
    };
  },
);
