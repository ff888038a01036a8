import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { PathMatch } from '../../../ir/route.ts';
import { segmentMatch } from '../../../ir/segment.ts';
import type { HttpRouteMatch } from '../../../kube/gateway/http-route.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { CompiledMatch } from './compiled-match.ts';
import type { MatchOrder } from './compiled-route.ts';
import { headerMatches, queryMatches } from './value-matches.ts';

/** The requests that a match of an HTTPRoute is for. */
export const httpMatch = (
  object: ObjectRef,
  field: string,
  { path, headers = [], queryParams = [], method }: HttpRouteMatch,
): CompiledMatch => {
  const asked = headerMatches(headers, `${field}.headers`);
  const query = queryMatches(queryParams, `${field}.queryParams`);
  const { type, value } = path;
  return {
    match: {
      path: pathMatch(type, value),
      headers:
        method === undefined
          ? asked.matches
          : [{ name: ':method', match: { _tag: 'Exact', value: method } }, ...asked.matches],
      queryParameters: query.matches,
    },
    order: {
      path: type,
      pathLength: type === 'PathPrefix' ? prefixLength(value) : value.length,
      hasMethod: method !== undefined,
      headers: asked.matches.length,
      queryParams: query.matches.length,
    },
    ...(type === 'PathPrefix' && { prefix: value }),
    patterns: [
      ...(type === 'RegularExpression' ? [{ field: `${field}.path.value`, pattern: value }] : []),
      ...asked.patterns,
      ...query.patterns,
    ],
    faults:
      type === 'RegularExpression' || isPath(value)
        ? noProblems
        : noPath(object, `${field}.path.value`, value),
  };
};

/** Takes all of them. */
export const everyRequest: HttpRouteMatch = { path: { type: 'PathPrefix', value: '/' } };

/** The path of a request is compared as a whole. */
const pathMatch = (type: MatchOrder['path'], value: string): PathMatch => {
  switch (type) {
    case 'Exact':
      return { _tag: 'Exact', value, caseSensitive: true };
    case 'PathPrefix':
      return segmentMatch(value, true);
    case 'RegularExpression':
      return { _tag: 'Regex', value };
  }
};

/** A slash at the end of a prefix means nothing. */
const prefixLength = (value: string): number => Math.max(1, value.replace(/\/+$/, '').length);

/** As the definition in a cluster has it: what Envoy never sees in the path of a request is nobody's path. */
const isPath = (value: string): boolean =>
  /^\/(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})*$/.test(value) &&
  !/\/\/|\/\.\.?(?:\/|$)|%2f/i.test(value);

const noPath = (object: ObjectRef, field: string, got: string): readonly Problem[] => [
  {
    _tag: 'InvalidField',
    object,
    field,
    expected:
      'a path that begins with a slash, as it is in a URI: without "//", "/./", "/../" and "%2f"',
    got: JSON.stringify(got),
  },
];
