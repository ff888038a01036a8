import type { Cluster } from '../../../ir/cluster.ts';
import { percent as inPercent, type Fraction } from '../../../ir/fraction.ts';
import type { Mirror } from '../../../ir/route.ts';
import type { RequestMirror } from '../../../kube/gateway/filter.ts';
import type { RefFault } from '../backend/ref-fault.ts';
import {
  resolveBackend,
  type BackendContext,
  type Referrer,
  type UsableBackend,
} from '../backend/resolve-backend.ts';
import type { AskedMirror } from './effects.ts';
import { ruleFault, type RuleFault } from './rule-fault.ts';

/** Where copies go, and what all that is asked for refers to. */
interface ResolvedMirrors {
  readonly mirrors: readonly Mirror[];
  readonly found: readonly (UsableBackend | RefFault)[];
}

/** Resolves mirrors; one whose backend cannot be used gets no copies, and the request is served. */
export const resolveMirrors = (
  from: Referrer,
  asked: readonly AskedMirror[],
  context: BackendContext,
): ResolvedMirrors => {
  const resolved = asked.map(({ field, mirror }) => ({
    found: resolveBackend(from, `${field}.backendRef`, mirror.backendRef, context),
    fraction: share(mirror),
  }));
  const usable = resolved.flatMap(({ found, fraction }) =>
    found._tag === 'Usable' ? [{ found, fraction }] : [],
  );
  return {
    mirrors: usable
      .filter(({ fraction }) => fraction.numerator > 0)
      .map(({ found, fraction }) => mirrorTo(found.cluster, fraction)),
    found: resolved.map(({ found }) => found),
  };
};

const mirrorTo = ({ name }: Cluster, fraction: Fraction): Mirror => ({ cluster: name, fraction });

const share = ({ percent = 100, fraction }: RequestMirror): Fraction =>
  fraction ?? inPercent(percent);

/** Why requests cannot be copied so. */
export const mirrorFaults = (
  { ref: object }: Referrer,
  asked: readonly AskedMirror[],
): readonly RuleFault[] =>
  asked.flatMap(({ field, mirror: { percent, fraction } }) => {
    if (fraction === undefined) return [];
    const { numerator, denominator } = fraction;
    const expected =
      percent !== undefined ? 'no fraction beside a percentage' : 'at most all requests';
    return percent !== undefined || numerator > denominator
      ? [
          ruleFault('UnsupportedValue', {
            _tag: 'InvalidField',
            object,
            field: `${field}.fraction`,
            expected,
            got: `${numerator}/${denominator}`,
          }),
        ]
      : [];
  });
