import { hashOf } from '../collection/hash.ts';
import { interned } from '../collection/intern.ts';

/**
 * A host name or a pattern of host names: `shop.example.com`, `*`, `*.example.com`, `shop.*`.
 *
 * Lower case, without a port and without the dot that may end a name in DNS. `*` stands for at least
 * one character.
 */
export type Hostname = string;

/** Brings a hostname as users write it into its normal form: lower case, no port, no last dot. */
export const normalHostname = (written: string): Hostname =>
  isNormal.test(written)
    ? written
    : written
        .toLowerCase()
        .replace(/:\d+$/, '')
        .replace(/(?<=[^.*])\.$/, '');

/** Matches hostnames that are in normal form already, as nearly all are. */
const isNormal = /^[a-z0-9*._-]*[a-z0-9*_-]$/;

/** Whether it is a name or a pattern that Envoy can look up: at most one `*`, at one end, no first dot. */
export const isHostname = (name: Hostname): boolean =>
  name === '*' ||
  /^(\*[a-z0-9._-]+|[a-z0-9_-][a-z0-9._-]*\*?)$/.test(name) ||
  /^\[[0-9a-f:.]+\]$/.test(name);

/** Whether every name that `inner` stands for matches `outer`. */
export const covers = (outer: Hostname, inner: Hostname): boolean => {
  if (outer === '*' || outer === inner) return true;
  if (outer.startsWith('*'))
    return !inner.endsWith('*') && inner.endsWith(outer.slice(1)) && inner.length >= outer.length;
  if (outer.endsWith('*'))
    return (
      !inner.startsWith('*') && inner.startsWith(outer.slice(0, -1)) && inner.length >= outer.length
    );
  return false;
};

/** Whether some name could match both. */
export const overlaps = (a: Hostname, b: Hostname): boolean =>
  covers(a, b) ||
  covers(b, a) ||
  (a.startsWith('*') && b.endsWith('*')) ||
  (a.endsWith('*') && b.startsWith('*'));

/** Orders hostnames as Envoy looks them up: exact, then longer suffix, longer prefix, then `*`. */
export const moreSpecific = (a: Hostname, b: Hostname): number =>
  rank(a) - rank(b) || b.length - a.length || (a < b ? -1 : Number(a > b));

const rank = (name: Hostname): number => {
  if (name === '*') return 3;
  if (name.endsWith('*')) return 2;
  return name.startsWith('*') ? 1 : 0;
};

/**
 * The key under which a hostname is indexed, so that few look-ups find all patterns around a name
 * (`coveringKeys`): the hostname itself, or, for a pattern that begins with `*`, the widest pattern
 * of whole labels that contains it.
 *
 * Patterns that end with `*` are rare, and share a few thousand buckets by their first label. With a
 * key for each pattern that could be around a name, most look-ups would find nothing and be remembered.
 */
export const indexKey = (name: Hostname): string => {
  if (name.startsWith('*')) {
    const dot = name.indexOf('.');
    return dot === -1 ? '*' : `*${name.slice(dot)}`;
  }
  if (name.endsWith('*')) return name.includes('.') ? prefixBucket(name) : '*';
  return name;
};

/** The keys that together hold every hostname that covers `name`; a few for each label. */
export const coveringKeys = (name: Hostname): readonly string[] => {
  const keys = suffixKeys(name);
  return name.startsWith('*') || !name.includes('.') || name.endsWith('*')
    ? keys
    : [...keys, prefixBucket(name)];
};

/** The keys for the name itself and for patterns that begin with `*`. */
const suffixKeys = (name: Hostname): readonly string[] => {
  const key = indexKey(name);
  if (key === '*') return everything;
  if (name.endsWith('*')) return [key, '*'];
  const dot = name.indexOf('.');
  const around = dot === -1 ? everything : patternsAround(name.slice(dot));
  return name.startsWith('*') ? around : [key, ...around];
};

const everything: readonly string[] = ['*'];

/** The patterns of whole labels around all names with this suffix; many names share them. */
const patternsAround = interned((suffix): readonly string[] => {
  const keys: string[] = [];
  for (let dot = 0; dot !== -1; dot = suffix.indexOf('.', dot + 1))
    keys.push(`*${suffix.slice(dot)}`);
  return [...keys, '*'];
});

/** Names the bucket of a name with the first label of this one. */
const prefixBucket = (name: Hostname): string =>
  buckets[hashOf(name.slice(0, name.indexOf('.'))) % buckets.length] ?? '';

const buckets = Array.from({ length: 4096 }, (_, i) => `prefix ${i}`);
