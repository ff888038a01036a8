import type { HeaderValue } from '../../../ir/header-mutation.ts';
import type { AddedHeaders } from '../../../kube/emissary/header-mutation.ts';

/** Headers to add, in an order of their names. */
export const headerValues = (headers: AddedHeaders): readonly HeaderValue[] =>
  Object.entries(headers)
    .map(([name, { value = '', append = true }]) => ({ name, value, append }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
