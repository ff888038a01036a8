import type { ObjectRef } from '../../../ir/object-ref.ts';

/** One of several Hosts that claim the same hostname. */
export interface Contender {
  readonly ref: ObjectRef;
  readonly standing: Standing;
}

/**
 * What decides between Hosts: `guarded` must refuse TLS, `certified` has a certificate, `plain`
 * neither.
 */
export type Standing = 'guarded' | 'certified' | 'plain';

/**
 * The order of Hosts that want the same hostname: the first one has it, in every table and filter chain.
 *
 * A Host that asks for TLS settings that are not supported yet comes first: it wants to keep some
 * clients out, so no other Host may serve them. A Host whose certificate is just missing wants to
 * keep nobody out, and comes after those that have theirs. Among equals the least name comes first.
 */
export const byHostPrecedence = (a: Contender, b: Contender): number =>
  order.indexOf(a.standing) - order.indexOf(b.standing) || (a.ref < b.ref ? -1 : 1);

const order: readonly Standing[] = ['guarded', 'certified', 'plain'];
