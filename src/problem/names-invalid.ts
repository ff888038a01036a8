import type { ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from './problem.ts';

/** The problem of an object whose field names a Secret or TLS settings that are not valid: its cause is theirs. */
export const namesInvalid = (object: ObjectRef, field: string, target: ObjectRef): Problem => ({
  _tag: 'InvalidCertificate',
  object,
  field,
  reason: 'cannot be used',
  causes: [{ object: target, reason: 'is not valid' }],
});
