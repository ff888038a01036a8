/**
 * A host name or a pattern of host names: `shop.example.com`, `*`, `*.example.com`, `shop.*`.
 *
 * Lower case, without a port and without the dot that may end a name in DNS. `*` stands for at least
 * one character (emissary.md §3.4).
 */
export type Hostname = string;

/** Brings a hostname as users write it into its normal form: lower case, no port, no last dot. */
export const normalHostname = (written: string): Hostname =>
  written
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/(?<=[^.*])\.$/, '');

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
 * The key under which a hostname is indexed: itself, or for a pattern the widest pattern of whole
 * labels that it lies in, so that few look-ups find all patterns around a name (`coveringKeys`).
 */
export const indexKey = (name: Hostname): string => {
  if (name.startsWith('*')) {
    const dot = name.indexOf('.');
    return dot === -1 ? '*' : `*${name.slice(dot)}`;
  }
  if (name.endsWith('*')) return `${name.slice(0, name.lastIndexOf('.') + 1)}*`;
  return name;
};

/** The keys that together hold every hostname that covers `name`; a few for each label. */
export const coveringKeys = (name: Hostname): readonly string[] => {
  const keys = new Set(suffixKeys(name));
  if (!name.startsWith('*'))
    for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1))
      keys.add(`${name.slice(0, dot + 1)}*`);
  return [...keys];
};

/** Of these keys those for the name itself and for patterns that begin with `*`. */
export const suffixKeys = (name: Hostname): readonly string[] => {
  const keys = new Set([indexKey(name)]);
  if (!name.endsWith('*'))
    for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1))
      keys.add(`*${name.slice(dot)}`);
  return [...keys.add('*')];
};
