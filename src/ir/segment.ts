import type { PathMatch, PathRewrite } from './route.ts';

/**
 * Takes a path and what is below it: `/a` takes `/a`, `/a/` and `/a/b`, not `/ab`.
 *
 * A slash at the end of the value means nothing; `/` takes every path. The value has no query.
 */
export const segmentMatch = (value: string, caseSensitive: boolean): PathMatch => {
  const path = withoutSlashes(value);
  return path === ''
    ? { _tag: 'Prefix', value: '/', caseSensitive }
    : { _tag: 'Segment', value: path, caseSensitive };
};

/**
 * Replaces what `segmentMatch` of the value has matched: what is left of the path is joined to the
 * replacement by one slash, and no path becomes empty (`ReplacePrefixMatch` of the Gateway API).
 *
 * Where nothing replaces it, as many segments are cut off as the value has.
 */
export const segmentRewrite = (value: string, replacement: string): PathRewrite => {
  const [path, by] = [withoutSlashes(value), withoutSlashes(replacement)];
  if (path === '') return { _tag: 'Prefix', value: `${by}/` };
  if (by !== '') return { _tag: 'Prefix', value: by };
  const segments = path.split('/').length - 1;
  return { _tag: 'Regex', pattern: `^(?:/[^/]*){${segments}}/*`, substitution: '/' };
};

const withoutSlashes = (path: string): string => path.replace(/\/+$/, '');
