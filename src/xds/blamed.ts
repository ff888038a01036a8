import { get } from '../collection/collection.ts';
import type { Ir } from '../ir/ir.ts';
import type { ObjectRef } from '../ir/object-ref.ts';
import { provenance } from './provenance.ts';
import type { Refusal } from './session/discovery.ts';
import { isUnbound } from './session/retry.ts';

/**
 * The objects that a refusal is about: all that the resource was made from, but of a listener that could not
 * be bound only those that ask for the port.
 */
export const blamed = (ir: Ir, refusal: Refusal): readonly ObjectRef[] =>
  isUnbound(refusal) ? (get(ir.listeners, refusal.name)?.from ?? []) : provenance(ir, refusal);
