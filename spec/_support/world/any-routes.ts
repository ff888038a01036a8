import * as fc from 'fast-check';

import { percent } from '../../../src/ir/fraction.ts';
import type { NamedMatch, PathMatch, Route } from '../../../src/ir/route.ts';
import { segmentMatch } from '../../../src/ir/segment.ts';
import { aRoute } from './an-ir.ts';

/** What a request says as far as routes look at it. */
export interface RoutedRequest {
  /** As on the request line: with a query, if there is one. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const segment = fc.constantFrom(
  'a',
  'ab',
  'abc',
  'b',
  'B',
  'api',
  'Api',
  'v1',
  'x-1',
  '%20',
  'a;q=1',
  '',
);
const plainPath = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((segments) => `/${segments.join('/')}`);

/** Few enough that one route in ten shares its path with others, and nested ones are common. */
const numbered = fc.tuple(plainPath, fc.nat(60)).map(([path, n]) => `${path}/${n}`);
const literal = fc.oneof(plainPath, numbered, numbered);

const pattern = fc
  .tuple(
    literal,
    fc.constantFrom(
      '.*',
      '/?',
      '[0-9]+',
      '(/|/b)?',
      '|/b.*',
      '+',
      '*',
      '{2}',
      '.b',
      '[|(]?',
      '(?:/a|/b)*',
      '\\d\\w',
    ),
  )
  .map(([path, rest]) => `${path.replaceAll('.', '\\.')}${rest}`);

const anyPattern = fc.oneof(
  { weight: 6, arbitrary: pattern },
  { weight: 1, arbitrary: pattern.map((text) => `^${text}`) },
  { weight: 1, arbitrary: fc.constantFrom('.*/b', '(?i)/api/.*', '/(a|b)/.*', '.*', '[^?]+c') },
);

const caseSensitive = fc.nat(9).map((n) => n > 0);

const anyPath: fc.Arbitrary<PathMatch> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({ _tag: fc.constant('Prefix'), value: literal, caseSensitive }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ _tag: fc.constant('Exact'), value: literal, caseSensitive }),
  },
  {
    weight: 5,
    arbitrary: fc
      .tuple(literal, caseSensitive)
      .map(([value, matters]) => segmentMatch(value, matters)),
  },
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant('Regex'), value: anyPattern }) },
  {
    weight: 1,
    arbitrary: fc.record({
      _tag: fc.constant('Prefix'),
      value: fc.constantFrom(
        '',
        '/',
        '*',
        '//',
        '/?',
        '/a?b',
        '/a#b',
        '/ä',
        `/${'a/'.repeat(120)}`,
      ),
      caseSensitive,
    }),
  },
);

const header: fc.Arbitrary<NamedMatch> = fc.constantFrom(
  { name: 'x-color', match: { _tag: 'Exact', value: 'red' } },
  { name: 'x-color', match: { _tag: 'Prefix', value: 'b' } },
  { name: 'x-flag', match: { _tag: 'Present' } },
  { name: ':method', match: { _tag: 'Exact', value: 'GET' } },
  { name: 'x-forwarded-proto', match: { _tag: 'Exact', value: 'https' } },
);

const query: fc.Arbitrary<NamedMatch> = fc.constantFrom(
  { name: 'q', match: { _tag: 'Present' } },
  { name: 'q', match: { _tag: 'Exact', value: '1' } },
);

const seldom = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 2 }) },
  );

const anyShare = fc.constantFrom(...Array<undefined>(8).fill(undefined), 0, 100);

const anyRoute = fc
  .tuple(anyPath, seldom(header), seldom(query), anyShare)
  .map(([path, headers, queryParameters, share]) =>
    aRoute({
      match: {
        path,
        headers,
        queryParameters,
        ...(share !== undefined && { fraction: percent(share) }),
      },
    }),
  );

/**
 * Routes of all kinds, in no order or the longest paths first, where each redirects to its place.
 *
 * A share of the requests is none or all of them, so that the answer to a request is certain.
 */
export const anyRoutes = (minLength: number, maxLength: number): fc.Arbitrary<readonly Route[]> =>
  fc
    .tuple(fc.array(anyRoute, { minLength, maxLength, size: 'max' }), fc.boolean())
    .map(([routes, areSorted]) => (areSorted ? routes.toSorted(byLength) : routes).map(toPlace));

const byLength = (a: Route, b: Route): number =>
  b.match.path.value.length - a.match.path.value.length;

const toPlace = (route: Route, place: number): Route => ({
  ...route,
  action: { _tag: 'Redirect', path: { _tag: 'Full', value: `/${place}` }, code: 302 },
});

const alike = (path: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(path, path, path, path.toUpperCase(), path.slice(0, -1), `/${path}`),
      fc.constantFrom('', '', '/', '/b', 'b', '7', '/../b', '//a', '%2Fb', '%62', '/a/1', '1/v1'),
      fc.constantFrom('', '', '', '?q=1', '?q', '?x=/a', '?'),
    )
    .map((parts) => parts.join(''));

/** Requests of which most are for one of the routes, or nearly. */
export const anyRequest = (routes: readonly Route[]): fc.Arbitrary<RoutedRequest> =>
  fc.record({
    path: fc
      .oneof(
        { weight: 8, arbitrary: fc.constantFrom(...routes).map(({ match }) => match.path.value) },
        { weight: 1, arbitrary: literal },
      )
      .map((text) => text.replaceAll(/[^\w/%;=.-]/g, ''))
      .chain(alike)
      .map((path) => (path.startsWith('/') ? path : `/${path}`)),
    headers: fc.constantFrom<RoutedRequest['headers'][]>(
      {},
      {},
      { 'x-color': 'red' },
      { 'x-color': 'blue' },
      { 'x-flag': '1' },
    ),
  });
