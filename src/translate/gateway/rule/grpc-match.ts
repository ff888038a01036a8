import type { HeaderMatch, PathMatch } from '../../../ir/route.ts';
import type { GrpcRouteMatch } from '../../../kube/gateway/grpc-route.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Pattern } from '../../../problem/regex-faults.ts';
import type { CompiledMatch } from './compiled-match.ts';
import type { MatchOrder } from './compiled-route.ts';
import { headerMatches } from './value-matches.ts';

/**
 * The calls that a match of a GRPCRoute is for, which are requests with the path `/service/method`. Without
 * a method it takes all calls.
 *
 * Only gRPC is taken: an HTTPRoute can have the same host name, and its requests stay its own.
 */
export const grpcMatch = (
  field: string,
  { method = everyCall, headers = [] }: GrpcRouteMatch,
): CompiledMatch => {
  const asked = headerMatches(headers, `${field}.headers`);
  const { path, patterns, order } = callMatch(method, `${field}.method`);
  return {
    match: { path, headers: [isGrpc, ...asked.matches], queryParameters: [] },
    order: { ...order, hasMethod: false, headers: asked.matches.length, queryParams: 0 },
    patterns: [...patterns, ...asked.patterns],
    faults: noProblems,
  };
};

/** Also `application/grpc+proto` and gRPC-Web. */
const isGrpc: HeaderMatch = {
  name: 'content-type',
  match: { _tag: 'Prefix', value: 'application/grpc' },
};

type Call = NonNullable<GrpcRouteMatch['method']>;

const everyCall: Call = { type: 'Exact' };

interface CallMatch {
  readonly path: PathMatch;
  readonly patterns: readonly Pattern[];
  readonly order: Pick<MatchOrder, 'path' | 'pathLength'>;
}

const callMatch = ({ type, service = '', method = '' }: Call, field: string): CallMatch => {
  const order = orderOf(type, service, method);
  if (service === '' && method === '')
    return { path: { _tag: 'Prefix', value: '/', caseSensitive: true }, patterns: [], order };
  if (type === 'RegularExpression') {
    const value = `/${group(service)}/${group(method)}`;
    const parts = [
      { field: `${field}.service`, pattern: service },
      { field: `${field}.method`, pattern: method },
    ].filter(({ pattern }) => pattern !== '');
    return {
      path: { _tag: 'Regex', value },
      patterns: [...parts, { field, pattern: value }],
      order,
    };
  }
  if (service === '') {
    const value = `/${anyName}/${method.replaceAll(/[^0-9A-Za-z_]/g, String.raw`\$&`)}`;
    return {
      path: { _tag: 'Regex', value },
      patterns: [{ field: `${field}.method`, pattern: value }],
      order,
    };
  }
  const path: PathMatch =
    method === ''
      ? { _tag: 'Prefix', value: `/${service}/`, caseSensitive: true }
      : { _tag: 'Exact', value: `/${service}/${method}`, caseSensitive: true };
  return { path, patterns: [], order };
};

const anyName = '[^/]+';

const group = (pattern: string): string => (pattern === '' ? anyName : `(?:${pattern})`);

/**
 * A longer service comes first, then a longer method. Calls of which both are known come before all others;
 * a method alone comes before all calls, and these before an HTTPRoute for as long a path.
 */
const orderOf = (
  type: 'Exact' | 'RegularExpression',
  service: string,
  method: string,
): CallMatch['order'] => ({
  path: service === '' || method === '' ? 'PathPrefix' : type,
  pathLength: (service === '' ? 1 : service.length + 2) + (method.length + 1) / longestMethod,
});

/** No method is as long, so its length decides only between services of one length. */
const longestMethod = 2048;
