import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { PathRewrite } from '../../../ir/route.ts';
import { segmentRewrite } from '../../../ir/segment.ts';
import type { PathModifier } from '../../../kube/gateway/filter.ts';
import { ruleFault, type RuleFault } from './rule-fault.ts';

/** How the path of a request changes, where its match asks for the prefix. */
export const pathChange = (
  modifier: PathModifier | undefined,
  prefix: string | undefined,
): PathRewrite | undefined => {
  if (modifier === undefined) return undefined;
  const { type, replaceFullPath = '/', replacePrefixMatch = '' } = modifier;
  if (type === 'ReplaceFullPath') return { _tag: 'Full', value: replaceFullPath };
  return segmentRewrite(prefix ?? '/', replacePrefixMatch);
};

/** Why the path cannot be changed so, for requests of matches that ask for these prefixes or for none. */
export const pathFaults = (
  object: ObjectRef,
  field: string,
  modifier: PathModifier | undefined,
  prefixes: readonly (string | undefined)[],
): readonly RuleFault[] => {
  if (modifier === undefined) return [];
  const invalid = (place: string, expected: string, got: string): readonly RuleFault[] => [
    ruleFault('UnsupportedValue', {
      _tag: 'InvalidField',
      object,
      field: `${field}.${place}`,
      expected,
      got,
    }),
  ];
  const { type, replaceFullPath, replacePrefixMatch } = modifier;
  const isFull = type === 'ReplaceFullPath';
  const place = isFull ? 'replaceFullPath' : 'replacePrefixMatch';
  const value = isFull ? replaceFullPath : replacePrefixMatch;
  const other = isFull ? replacePrefixMatch : replaceFullPath;
  if (value === undefined) return invalid(place, `a path for ${type}`, 'none');
  if (!value.startsWith('/') && (isFull || value !== ''))
    return invalid(place, 'a path that begins with a slash', JSON.stringify(value));
  if (other !== undefined)
    return invalid(
      isFull ? 'replacePrefixMatch' : 'replaceFullPath',
      `nothing beside ${type}`,
      JSON.stringify(other),
    );
  return !isFull && prefixes.includes(undefined)
    ? invalid('type', 'ReplaceFullPath for matches that are not by PathPrefix', type)
    : [];
};
