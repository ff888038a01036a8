/**
 * Whether a resource version is older than another one of the same kind.
 *
 * They are decimal numbers of any length that only grow (Kubernetes API concepts, "Resource
 * versions"); what is no such number is not older than anything.
 */
export const isOlder = (one: string, other: string): boolean =>
  isNumber.test(one) &&
  isNumber.test(other) &&
  (one.length === other.length ? one < other : one.length < other.length);

const isNumber = /^[1-9]\d*$/;
