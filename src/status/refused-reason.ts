import { refParts, type ObjectRef } from '../ir/object-ref.ts';

/** Of the reasons that the Gateway API knows, the nearest one for an object that its codec refuses. */
export const refusedReason = (object: ObjectRef): string => {
  switch (refParts(object)[0]) {
    case 'HTTPRoute':
    case 'GRPCRoute':
      return 'UnsupportedValue';
    case 'GatewayClass':
      return 'Unsupported';
    default:
      return 'Invalid';
  }
};
