import * as fc from 'fast-check';

import { values } from '../../../src/collection/collection.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { typeUrls } from '../../../src/xds/type-url.ts';
import { keyOf } from './fake-envoy.ts';
import * as rigs from './xds-rig.ts';

/** What can come next between an Envoy and its server; a plan says what is published. */
export type Happening<P> =
  | { readonly _tag: 'Publish'; readonly plan: P }
  | { readonly _tag: 'Request' | 'Response' | 'Settle' | 'Drain' | 'Rest' | 'Reconnect' };

/** Any history. */
export const aHistory = <P>(plan: fc.Arbitrary<P>): fc.Arbitrary<readonly Happening<P>[]> =>
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: plan.map((one) => ({ _tag: 'Publish' as const, plan: one })) },
      { weight: 8, arbitrary: fc.constant({ _tag: 'Request' as const }) },
      { weight: 8, arbitrary: fc.constant({ _tag: 'Response' as const }) },
      { weight: 3, arbitrary: fc.constant({ _tag: 'Settle' as const }) },
      { weight: 1, arbitrary: fc.constant({ _tag: 'Drain' as const }) },
      { weight: 1, arbitrary: fc.constant({ _tag: 'Rest' as const }) },
      { weight: 1, arbitrary: fc.constant({ _tag: 'Reconnect' as const }) },
    ),
    { maxLength: 60 },
  );

/** The rig after a history, when nothing is under way any more. */
export const lived = <P>(
  rig: rigs.Rig,
  history: readonly Happening<P>[],
  snapshotOf: (seq: number, plan: P) => Snapshot,
  last: Snapshot,
): rigs.Rig => {
  const end = history.reduce(
    (before, happening, i) =>
      forgetting(
        happening._tag === 'Publish'
          ? rigs.publish(before, snapshotOf(i + 1, happening.plan))
          : happened[happening._tag](before),
      ),
    rig,
  );
  return rigs.settle(rigs.publish(end, end.snapshot ?? last));
};

const happened = {
  Request: rigs.deliverRequest,
  Response: rigs.deliverResponse,
  Settle: rigs.settle,
  Drain: rigs.drain,
  Rest: rigs.rest,
  Reconnect: rigs.reconnect,
} as const;

/** Forgets refusals of versions that are gone: they may be tried again when they come back. */
const forgetting = (rig: rigs.Rig): rigs.Rig => {
  const current = typeUrls.flatMap((t) =>
    rig.snapshot === undefined ? [] : [...values(rig.snapshot.resources[t])].map(keyOf),
  );
  const refused = new Set([...rig.envoy.refused].filter((key) => current.includes(key)));
  return { ...rig, envoy: { ...rig.envoy, refused } };
};
