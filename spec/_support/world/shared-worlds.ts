import type { KubeEvent } from '../../../src/kube/kube-event.ts';
import { aSecret } from './a-secret.ts';
import {
  aHost,
  aListener,
  aMapping,
  aResolver,
  applied,
  aService,
  aSlice,
  type Manifest,
} from './builders.ts';

/** For both sizes a piece of the route table holds some eight virtual hosts: 64 pieces, and 512. */
export const few = 900;
/** Ten times as many. */
export const many = 10 * few;

type Fields = Readonly<Record<string, unknown>>;

const domain = (i: number): string => `shop-${i}.example.com`;

const labels = { team: 'shops' };

const mapping = (i: number, spec: Fields = {}, name = 'shop'): Manifest =>
  aMapping(
    `shops/${name}-${i}`,
    { hostname: domain(i), service: 'web', resolver: 'endpoint', ...spec },
    labels,
  );

const tlsHost = (i: number, spec: Fields = {}): Manifest =>
  aHost(
    `shops/shop-${i}`,
    {
      hostname: domain(i),
      tlsSecret: { name: 'cert' },
      mappingSelector: { matchLabels: labels },
      ...spec,
    },
    labels,
  );

const service = (spec: Fields = {}): Manifest => aService('shops/web', spec);

const slice = (i: number): Manifest => aSlice('shops/web-a', 'web', ['10.0.0.1', `10.0.1.${i}`]);

const shared = [service(), slice(1), aService('shops/other'), aSecret('shops/cert')];

const each = (n: number, object: (i: number) => Manifest): readonly Manifest[] =>
  Array.from({ length: n }, (_, i) => object(i));

const http = (spec: Fields = {}): Manifest => aListener('default/http', spec);

const https = (spec: Fields = {}): Manifest =>
  aListener('default/https', {
    port: 8443,
    protocol: 'HTTPS',
    hostBinding: { selector: { matchLabels: labels } },
    ...spec,
  });

/** Everything is shared that can be: one Listener, Host, Service, namespace and label. */
const oneHost = (n: number): readonly Manifest[] => [
  http(),
  aHost('shops/all', { hostname: '*.example.com', mappingSelector: { matchLabels: labels } }),
  ...shared,
  ...each(n, (i) => mapping(i)),
];

/** The same, but for a Host for each Mapping; their certificate is shared. */
const oneSecret = (n: number): readonly Manifest[] => [
  https(),
  ...shared,
  ...each(n, (i) => tlsHost(i)),
  ...each(n, (i) => mapping(i)),
];

/** One Mapping, which every Host takes by its label. */
const oneMapping = (n: number): readonly Manifest[] => [
  http(),
  ...shared,
  aMapping('shops/all', { hostname: undefined, prefix: '/all/', service: 'web' }, labels),
  ...each(n, (i) => plainHost(i)),
];

const plainHost = (i: number): Manifest =>
  aHost(`shops/shop-${i}`, { hostname: domain(i), mappingSelector: { matchLabels: labels } });

/** What a source says when an object goes. */
export const deleted = (object: Manifest): KubeEvent => {
  const event = applied(object);
  if (event._tag !== 'Applied') throw new Error('expected an object');
  return { _tag: 'Deleted', kind: event.kind, key: event.item.key };
};

/** What happens, and what happens then. */
export type Change = readonly [
  name: string,
  first: readonly KubeEvent[],
  then: readonly KubeEvent[],
];

/** `then` is measured; `first` comes before it, and is a change of the same sort or prepares it. */
export const change = (name: string, first: Manifest, then: Manifest): Change => [
  name,
  [applied(first)],
  [applied(then)],
];

const ofMappings: readonly Change[] = [
  change('a Mapping is edited', mapping(1, { timeout_ms: 1 }), mapping(2, { timeout_ms: 2 })),
  change(
    'a Mapping is added',
    mapping(3, { prefix: '/a/' }, 'x'),
    mapping(4, { prefix: '/a/' }, 'x'),
  ),
  ['a Mapping is deleted', [deleted(mapping(5))], [deleted(mapping(6))]],
  change(
    'a Mapping moves to another Service',
    mapping(7, { service: 'other' }),
    mapping(8, { service: 'other' }),
  ),
  change('a Mapping comes back to the Service of all', mapping(7), mapping(8)),
  change(
    'a Mapping gets another hostname',
    mapping(9, { hostname: 'x.example.com' }),
    mapping(10, { hostname: 'y.example.com' }),
  ),
  change('endpoints change', slice(2), slice(3)),
  change('a resolver comes', aResolver('Endpoint', 'shops/x'), aResolver('Endpoint', 'shops/y')),
  change(
    'a Service is edited but for its ports',
    service({ type: 'NodePort' }),
    service({ type: 'ClusterIP' }),
  ),
];

/**
 * Renewing a certificate is not among them, because it changes every name that it serves on demand.
 */
const ofHosts: readonly Change[] = [
  change('a Host is edited', tlsHost(1, { requestPolicy: {} }), tlsHost(2, { requestPolicy: {} })),
  change('a Host is added', tlsHost(many + 1), tlsHost(many + 2)),
  ['a Host is deleted', [deleted(tlsHost(3))], [deleted(tlsHost(4))]],
  change('an unused Secret comes', aSecret('shops/x'), aSecret('shops/y')),
];

const editOf = (listener: (spec: Fields) => Manifest): Change =>
  change('a Listener is edited', listener({ statsPrefix: 'x' }), listener({ statsPrefix: 'y' }));

const ofPlainHosts: readonly Change[] = [
  change('a Host is added', plainHost(many + 1), plainHost(many + 2)),
  ['a Host is deleted', [deleted(plainHost(3))], [deleted(plainHost(4))]],
];

/** Each world: its name, its objects, and what happens in it. */
export const sharedWorlds = [
  ['one Host', oneHost, [...ofMappings, editOf(http)]],
  ['one Secret', oneSecret, [...ofMappings, ...ofHosts, editOf(https)]],
  ['one Mapping', oneMapping, ofPlainHosts],
] as const;
