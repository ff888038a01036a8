import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import { asksForSomething } from '../../../problem/asks-for-something.ts';
import type { Problem } from '../../../problem/problem.ts';
import { fieldsOn, type FieldOn } from './mapping-fields.ts';

/** Why a field has no effect, neither here nor in Emissary. */
export const whyInert: Readonly<Record<FieldOn<'inert'>, string>> = {
  outlier_detection: 'no effect: Emissary refuses it; circuit_breakers and health_checks work',
  envoy_override: 'no effect, as in Emissary',
  modules: 'no effect, as in Emissary',
  docs: 'no effect: it is for the developer portal of Ambassador Edge Stack',
};

/** A note for each field that never has an effect. */
export const inertNotes = (object: ObjectRef, spec: Mapping['spec']): readonly Problem[] =>
  fieldsOn('inert')
    .filter((field) => asksForSomething(spec[field]))
    .map((field) => ({ _tag: 'Note', object, field: `spec.${field}`, note: whyInert[field] }));
