import type { ObjectRef } from '../../../ir/object-ref.ts';

/** One of the Hosts that want the same hostname. */
export interface Contender {
  readonly ref: ObjectRef;
  readonly standing: Standing;
}

/** What a Host has to say for itself: it must refuse TLS, it has a certificate, or neither. */
export type Standing = 'guarded' | 'certified' | 'plain';

/**
 * The order of Hosts that want the same hostname: the first one has it, in every table and filter chain.
 *
 * One that asks for TLS settings that it cannot have yet comes first, so that what it wants to keep from
 * some is served to nobody through another. One whose certificate is only missing keeps nothing from
 * anybody, and comes after those that have theirs. Among equals the least name counts.
 */
export const byHostPrecedence = (a: Contender, b: Contender): number =>
  order.indexOf(a.standing) - order.indexOf(b.standing) || (a.ref < b.ref ? -1 : 1);

const order: readonly Standing[] = ['guarded', 'certified', 'plain'];
