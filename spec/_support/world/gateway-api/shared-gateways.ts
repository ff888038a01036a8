import { certificateOf } from '../a-secret.ts';
import { applied, aService, aSlice, type Manifest } from '../builders.ts';
import {
  aConfigMap,
  aGateway,
  aGatewayClass,
  aGatewayListener,
  aGrant,
  anHttpRoute,
  aNamespace,
  aTlsPolicy,
  toWeb,
} from './builders.ts';
import { change, deleted, type Change } from '../shared-worlds.ts';

type Fields = Readonly<Record<string, unknown>>;

const parentRefs = [{ name: 'gw', namespace: 'default' }];

const route = (i: number, spec: Fields = {}, name = 'shop'): Manifest =>
  anHttpRoute(`shops/${name}-${i}`, {
    parentRefs,
    hostnames: [`shop-${i}.example.com`],
    ...spec,
  });

const slice = (i: number): Manifest => aSlice('shops/web-a', 'web', ['10.0.0.1', `10.0.1.${i}`]);

const labelled = { from: 'Selector', selector: { matchLabels: { team: 'shops' } } };

/** All routes attach to one Gateway, use one Service, and are of one namespace, which is taken by its label. */
const oneGateway = (n: number): readonly Manifest[] => [
  aGatewayClass(),
  aGateway('default/gw', {
    listeners: [aGatewayListener({ allowedRoutes: { namespaces: labelled } })],
  }),
  aNamespace('shops', { team: 'shops' }),
  aService('shops/web'),
  aService('shops/other'),
  slice(1),
  ...Array.from({ length: n }, (_, i) => route(i)),
];

const to = (service: string): Fields => ({
  rules: [{ backendRefs: [{ name: service, port: 80 }] }],
});

const prefixed = (path: string): Fields => ({
  rules: [{ ...toWeb, matches: [{ path: { value: path } }] }],
});

const changes: readonly Change[] = [
  change('a route is edited', route(1, prefixed('/a')), route(2, prefixed('/b'))),
  change('a route is added', route(-1), route(-2)),
  change('a route is added to a hostname', route(3, {}, 'x'), route(4, {}, 'x')),
  ['a route is deleted', [deleted(route(5))], [deleted(route(6))]],
  change('a route moves to another Service', route(7, to('other')), route(8, to('other'))),
  change(
    'a route gets another hostname',
    route(9, { hostnames: ['x.example.com'] }),
    route(10, { hostnames: ['y.example.com'] }),
  ),
  change(
    'a route leaves the Gateway',
    route(11, { parentRefs: [{ name: 'other' }] }),
    route(12, { parentRefs: [{ name: 'other' }] }),
  ),
  change('endpoints change', slice(2), slice(3)),
  change('a grant comes', aGrant('other/x', 'shops'), aGrant('other/y', 'shops')),
  [
    'a Service of another name comes',
    [applied(aService('shops/x'))],
    [applied(aService('shops/y'))],
  ],
];

/** The same, with a policy for the Service, whose status names the Gateways that use it. */
const withPolicy = (n: number): readonly Manifest[] => [
  ...oneGateway(n),
  aConfigMap('shops/ca', certificateOf('one')),
  aTlsPolicy('shops/web'),
];

const used: readonly Change[] = [
  change('a route of a Service with a policy is added', route(-1), route(-2)),
  ['a route of a Service with a policy is deleted', [deleted(route(5))], [deleted(route(6))]],
];

/** Worlds in which routes of the Gateway API share all that can be shared, as `sharedWorlds`. */
export const sharedGateways = [
  ['one Gateway', oneGateway, changes],
  ['one Gateway with a policy', withPolicy, used],
] as const;
