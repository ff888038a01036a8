import * as fc from 'fast-check';

import { from } from '../../../../src/collection/collection.ts';
import type { ObjectRef } from '../../../../src/ir/object-ref.ts';
import type {
  RouteKind,
  SettledListener,
} from '../../../../src/translate/gateway/listener/settled-listener.ts';
import type { TlsLayout, TlsLayouts } from '../../../../src/translate/contribution/tls-layout.ts';
import type { Manifest } from '../builders.ts';

/** A route as it is written here: with as many headers as `headers` says, and so on. */
export interface WrittenRoute {
  readonly kind: RouteKind;
  readonly namespace: string;
  readonly name: string;
  readonly created: string | undefined;
  readonly parents: readonly WrittenParent[];
  readonly hostnames: readonly string[];
  /** The matches of each rule. */
  readonly rules: readonly (readonly WrittenMatch[])[];
}

interface WrittenParent {
  readonly kind: 'Gateway' | 'ListenerSet';
  readonly section: string | undefined;
}

/** A match of an HTTPRoute. */
export interface WrittenMatch {
  readonly path: 'Exact' | 'RegularExpression' | 'PathPrefix';
  readonly value: string;
  readonly method: boolean;
  readonly headers: number;
  readonly queryParams: number;
}

/** Listeners and routes at one moment. */
export interface RouteWorld {
  readonly layout: TlsLayout;
  readonly listeners: readonly SettledListener[];
  readonly routes: readonly WrittenRoute[];
}

const hostnames = [
  '*',
  '*.com',
  '*.example.com',
  '*.a.example.com',
  'a.example.com',
  'b.example.com',
  'x.a.example.com',
] as const;

/** Hosts that requests may be for. */
export const hosts: readonly string[] = [
  'a.example.com',
  'b.example.com',
  'x.a.example.com',
  'y.a.example.com',
  'c.example.com',
  'example.com',
  'com',
  'elsewhere.net',
];

const aSettledListener = (
  parent: ObjectRef,
  section: string,
): fc.Arbitrary<readonly SettledListener[]> =>
  fc
    .record({
      hostname: fc.constantFrom(...hostnames),
      protocol: fc.constantFrom<'HTTP' | 'HTTPS'>('HTTP', 'HTTPS'),
      namespaces: fc.constantFrom<SettledListener['namespaces']>(
        { _tag: 'All' },
        { _tag: 'All' },
        { _tag: 'Same' },
        { _tag: 'Selector', selector: { matchLabels: { team: 'web' } } },
        { _tag: 'None' },
      ),
      kinds: fc.constantFrom<readonly RouteKind[]>(
        ['HTTPRoute', 'GRPCRoute'],
        ['HTTPRoute', 'GRPCRoute'],
        ['GRPCRoute'],
      ),
      isServed: fc.constantFrom(true, true, true, false),
      addresses: fc.constantFrom(1, 1, 2),
    })
    .map(({ addresses, ...rest }) =>
      Array.from({ length: addresses }, (_, i) => ({
        ...rest,
        ...(rest.protocol === 'HTTPS' && !rest.isServed && { isUncertified: true as const }),
        parent,
        gateway: 'default/gw' as const,
        section,
        port: rest.protocol === 'HTTP' ? 80 : 443,
        listener: `listener-${i}-${rest.protocol}`,
      })),
    );

/** No two have the same hostname in one place, as there would be a conflict. */
const distinct = (all: readonly SettledListener[]): readonly SettledListener[] => [
  ...new Map(all.map((one) => [`${one.listener} ${one.protocol} ${one.hostname}`, one])).values(),
];

const aMatch: fc.Arbitrary<WrittenMatch> = fc.record({
  path: fc.constantFrom('Exact', 'RegularExpression', 'PathPrefix'),
  value: fc.constantFrom('/', '/a', '/a/b'),
  method: fc.boolean(),
  headers: fc.nat(2),
  queryParams: fc.nat(1),
});

const aRoute: fc.Arbitrary<WrittenRoute> = fc.record({
  kind: fc.constantFrom('HTTPRoute', 'HTTPRoute', 'GRPCRoute'),
  namespace: fc.constantFrom('default', 'web'),
  name: fc.constantFrom('r0', 'r1', 'r2'),
  created: fc.constantFrom(undefined, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
  parents: fc.array(
    fc.record({
      kind: fc.constantFrom('Gateway', 'Gateway', 'ListenerSet'),
      section: fc.constantFrom(undefined, undefined, 's0', 's1'),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  hostnames: fc.uniqueArray(fc.constantFrom(...hostnames.slice(1)), { maxLength: 3 }),
  rules: fc.array(fc.array(aMatch, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
});

/** Any listeners of a Gateway and a ListenerSet, and any routes. */
export const aRouteWorld: fc.Arbitrary<RouteWorld> = fc.record({
  layout: fc.constantFrom('chains', 'chains', 'on-demand'),
  listeners: fc
    .tuple(
      ...['s0', 's1', 's2'].map((section) => aSettledListener('Gateway default/gw', section)),
      ...['s0', 's1'].map((section) => aSettledListener('ListenerSet web/set', section)),
    )
    .map((all) => distinct(all.flat())),
  routes: fc
    .array(aRoute, { maxLength: 6 })
    .map((all) => [
      ...new Map(all.map((one) => [`${one.kind} ${one.namespace}/${one.name}`, one])).values(),
    ]),
});

/** The namespace `web` has a label. */
export const namespaces: readonly Manifest[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'web', labels: { team: 'web' } } },
];

/** The route as an object. The rules of a GRPCRoute say nothing, because its compiler is not asked here. */
export const routeManifest = (route: WrittenRoute): Manifest => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: route.kind,
  metadata: {
    namespace: route.namespace,
    name: route.name,
    ...(route.created !== undefined && { creationTimestamp: route.created }),
  },
  spec: {
    parentRefs: route.parents.map(({ kind, section }) => ({
      kind,
      namespace: kind === 'Gateway' ? 'default' : 'web',
      name: kind === 'Gateway' ? 'gw' : 'set',
      ...(section !== undefined && { sectionName: section }),
    })),
    ...(route.hostnames.length > 0 && { hostnames: route.hostnames }),
    rules: [],
  },
});

/** Every address serves server names in one way. */
export const layoutsOf = ({ layout, listeners }: RouteWorld): TlsLayouts =>
  from(listeners.map(({ listener }) => [listener, { layout, wanted: layout, problems: [] }]));

/** The listeners by the object that lists them. */
export const parentsOf = ({ listeners }: RouteWorld) =>
  from<ObjectRef, readonly SettledListener[]>(
    Map.groupBy(listeners, ({ parent }) => parent).entries(),
  );
