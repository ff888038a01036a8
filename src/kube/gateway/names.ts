import { pattern, text } from '../codec/text.ts';

/** The name of an entry of a list that others refer to: a Gateway listener, a rule, a port. */
export const SectionName = text(253, 'the name of a section');

/** An API group; empty for that of Kubernetes itself. */
export const Group = pattern(
  'an API group',
  253,
  /^$|^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
);

/** The kind of an object that is referred to. */
export const KindName = pattern('a kind', 63, /^[a-zA-Z](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/);

/** The name of an object that is referred to. */
export const ReferredName = text(253, 'the name of an object');

/** A host name without a port, lower case, perhaps with `*.` before it. */
export const RouteHostname = pattern(
  'a lower-case host name, perhaps with "*." before it',
  253,
  /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
);

/** A host name without a port and without a wildcard, in lower case. */
export const PreciseHostname = pattern(
  'a lower-case host name',
  253,
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
);
