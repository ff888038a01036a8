import type { ObjectRef } from '../ir/object-ref.ts';

/** Under which key a store has what Envoys say of an object that is no fault of it. */
export const complaintKey = (object: ObjectRef): string => `answers ${object}`;
