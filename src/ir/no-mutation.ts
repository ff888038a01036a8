import type { HeaderMutation } from './route.ts';

/** Leaves the headers of a message as they are; one value for all routes. */
export const noMutation: HeaderMutation = { add: [], remove: [] };
