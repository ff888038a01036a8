import * as fc from 'fast-check';

import { optional } from '../small-world.ts';

const modifier = { set: [{ name: 'x-set', value: '%odd%' }], remove: ['x-gone'] };

const filter = fc.constantFrom<object>(
  { type: 'RequestHeaderModifier', requestHeaderModifier: modifier },
  { type: 'ResponseHeaderModifier', responseHeaderModifier: modifier },
  { type: 'RequestMirror', requestMirror: { backendRef: { name: 'web', port: 81 } } },
  { type: 'ExtensionRef', extensionRef: { group: 'odd', kind: 'Odd', name: 'x' } },
);

const httpFilter = fc.oneof(
  filter,
  fc.constantFrom<object>(
    { type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } },
    {
      type: 'URLRewrite',
      urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/x' } },
    },
    { type: 'CORS', cors: { allowOrigins: ['https://*.example'] } },
    { type: 'ExternalAuth', externalAuth: {} },
  ),
);

const backends = (filters: fc.Arbitrary<object>) =>
  fc.array(
    fc
      .tuple(
        fc.constantFrom<object>(
          { name: 'web', port: 80 },
          { name: 'web', port: 81 },
          { name: 'web', port: 80, namespace: 'shop' },
          { name: 'nowhere', port: 80 },
          { kind: 'Odd', group: 'odd', name: 'web' },
          { name: 'web' },
        ),
        optional<unknown>({
          weight: fc.constantFrom(0, 1, 3),
          filters: fc.array(filters, { maxLength: 1 }),
        }),
      )
      .map(([ref, more]) => ({ ...ref, ...more })),
    { maxLength: 3 },
  );

/** A rule of an HTTPRoute. */
export const httpRule = optional<unknown>({
  matches: fc.array(
    optional<unknown>({
      path: fc.constantFrom(
        { value: '/' },
        { value: '/a' },
        { type: 'Exact', value: '/a' },
        { type: 'RegularExpression', value: '/[ab]' },
        { type: 'RegularExpression', value: '(' },
      ),
      headers: fc.constantFrom([{ name: 'x-a', value: 'b' }]),
      queryParams: fc.constantFrom([{ name: 'q', value: '1' }]),
      method: fc.constantFrom('GET', 'POST'),
    }),
    { maxLength: 2 },
  ),
  filters: fc.array(httpFilter, { maxLength: 2 }),
  backendRefs: backends(httpFilter),
  timeouts: fc.constantFrom({ request: '1s' }, { request: '0s', backendRequest: '500ms' }),
  retry: fc.constantFrom({ codes: [503], attempts: 2, backoff: '10ms' }, {}),
});

/** A rule of a GRPCRoute. */
export const grpcRule = optional<unknown>({
  matches: fc.array(
    fc.record({
      method: fc.constantFrom(
        { service: 'a.B', method: 'C' },
        { service: 'a.B' },
        { method: 'C' },
        { type: 'RegularExpression', service: 'a[.]B' },
      ),
    }),
    { maxLength: 2 },
  ),
  filters: fc.array(filter, { maxLength: 1 }),
  backendRefs: backends(filter),
});
