/** A header set on a message; `append` keeps a value that is already there. */
export interface HeaderValue {
  readonly name: string;
  readonly value: string;
  readonly append: boolean;
}

/** What is done to the headers of a message, in Envoy's order: remove, then add. */
export interface HeaderMutation {
  readonly add: readonly HeaderValue[];
  readonly remove: readonly string[];
}

/** Leaves the headers of a message as they are; one value for all routes. */
export const noMutation: HeaderMutation = { add: [], remove: [] };
