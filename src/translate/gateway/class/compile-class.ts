import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { controllerName } from '../../../kube/gateway/controller-name.ts';
import type { GatewayClass } from '../../../kube/gateway/gateway-class.ts';
import type { Problem } from '../../../problem/problem.ts';

/** A GatewayClass that names our controller. */
export interface OurClass {
  readonly ref: ObjectRef;
  readonly isAccepted: boolean;
  readonly problems: readonly Problem[];
}

/** Reads a GatewayClass; absent if it is another controller's. No kind of parameters is supported. */
export const compileClass = ({ spec }: GatewayClass, key: ObjectKey): OurClass | undefined => {
  if (spec.controllerName !== controllerName) return undefined;
  const ref = objectRef('GatewayClass', key);
  const isAccepted = spec.parametersRef === undefined;
  return {
    ref,
    isAccepted,
    problems: isAccepted
      ? []
      : [{ _tag: 'NotYetSupported', object: ref, field: 'spec.parametersRef' }],
  };
};
