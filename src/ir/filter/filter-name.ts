/**
 * Names an HTTP filter: in chains, in routes, and in Envoy. It carries the object that asks for the
 * filter, so two languages never give the same name to different filters; and it is always of one kind.
 */
export type FilterName = string;
