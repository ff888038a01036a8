import { interned } from '../../../collection/intern.ts';
import { covers, type Hostname } from '../../../ir/hostname.ts';

/**
 * The host names that a listener and a route are both for: of two hostnames of which one is inside the
 * other, the narrower one. A wildcard is one or more labels; a hostname that nobody wrote is `*`.
 */
export const intersection = (listener: Hostname, route: Hostname): Hostname | undefined => {
  if (covers(listener, route)) return route;
  return covers(route, listener) ? listener : undefined;
};

/** A hostname and all that are around it, the most specific first. */
export const hostnamesAround = (name: Hostname): readonly Hostname[] => {
  if (name === '*') return everything;
  const dot = name.indexOf('.');
  if (dot === -1) return [name, '*'];
  const around = wildcardsAround(name.slice(dot));
  return name.startsWith('*.') ? around : [name, ...around];
};

const everything: readonly Hostname[] = ['*'];

/** The wildcards around all names with this suffix, which begins with a dot. */
const wildcardsAround = interned((suffix): readonly Hostname[] => {
  const wildcards: Hostname[] = [];
  for (let dot = 0; dot !== -1; dot = suffix.indexOf('.', dot + 1))
    wildcards.push(`*${suffix.slice(dot)}`);
  return [...wildcards, '*'];
});
