import * as fc from 'fast-check';

import { certificateOf } from '../a-secret.ts';
import type { Manifest } from '../builders.ts';
import {
  aConfigMap,
  aGateway,
  aGatewayClass,
  aGatewayListener,
  aGrant,
  aGrpcRoute,
  aListenerSet,
  aNamespace,
  anHttpRoute,
  aTlsListener,
  aTlsPolicy,
} from './builders.ts';
import { namespace, ofSomeAge, optional } from '../small-world.ts';
import { grpcRule, httpRule } from './small-rules.ts';

const hostname = fc.constantFrom('*.example', 'a.example', 'b.a.example', '*.a.example');

const labels = fc.constantFrom<Record<string, string>>({}, { team: 'blue' }, { team: 'red' });

const from = fc.constantFrom(
  { from: 'All' },
  { from: 'Same' },
  { from: 'None' },
  { from: 'Selector', selector: { matchLabels: { team: 'blue' } } },
);

const allowedRoutes = optional<unknown>({
  namespaces: from,
  kinds: fc.constantFrom([], [{ kind: 'HTTPRoute' }], [{ kind: 'GRPCRoute' }], [{ kind: 'Odd' }]),
});

const certificates = fc.constantFrom(
  [{ name: 'cert' }],
  [{ name: 'cert' }, { name: 'cert', namespace: 'shop' }],
  [{ name: 'nowhere' }],
  [{ group: 'odd', kind: 'Odd', name: 'cert' }],
);

/** A few names, so that two listeners have one name only where it is about conflicts between objects. */
const listeners = fc
  .uniqueArray(fc.constantFrom('one', 'two', 'three'), { maxLength: 3 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.oneof(
          optional<unknown>({
            hostname,
            allowedRoutes,
            port: fc.constantFrom(80, 8080),
            protocol: fc.constantFrom('HTTP', 'TCP'),
          }).map((fields) => aGatewayListener({ name, ...fields })),
          optional<unknown>({
            hostname,
            allowedRoutes,
            port: fc.constantFrom(443, 8080),
            tls: fc.record({ certificateRefs: certificates }),
          }).map((fields) => aTlsListener({ name, ...fields })),
        ),
      ),
    ),
  );

const authority = fc.constantFrom(
  { group: '', kind: 'ConfigMap', name: 'ca' },
  { group: '', kind: 'ConfigMap', name: 'ca', namespace: 'shop' },
  { group: '', kind: 'Secret', name: 'cert' },
);

const validation = optional<unknown>({
  validation: fc.record({
    caCertificateRefs: fc.array(authority, { minLength: 1, maxLength: 2 }),
    mode: fc.constantFrom('AllowValidOnly', 'AllowInsecureFallback'),
  }),
});

const gateways = fc
  .tuple(
    fc.constantFrom('default/gw', 'shop/gw', 'default/gw-2'),
    fc.record({
      listeners,
      gatewayClassName: fc.constantFrom('headgate', 'headgate', 'headgate', 'other'),
      addresses: fc.constantFrom(
        [],
        [{ value: '127.0.0.7' }],
        [{ type: 'IPAddress' }],
        [{ value: '192.0.2.1' }],
        [{ type: 'odd.example/type', value: 'x' }],
      ),
      allowedListeners: fc.record({ namespaces: from }),
      tls: optional<unknown>({
        backend: fc.constantFrom(
          { clientCertificateRef: { name: 'cert' } },
          { clientCertificateRef: { name: 'cert', namespace: 'shop' } },
        ),
        frontend: fc.record({
          default: validation,
          perPort: fc.array(fc.record({ port: fc.constant(443), tls: validation }), {
            maxLength: 1,
          }),
        }),
      }),
    }),
  )
  .map(([key, spec]) => aGateway(key, spec));

const listenerSets = fc
  .tuple(
    fc.constantFrom('default/set', 'shop/set'),
    fc.record({
      listeners,
      parentRef: fc.constantFrom({ name: 'gw' }, { name: 'gw', namespace: 'default' }),
    }),
  )
  .map(([key, spec]) => aListenerSet(key, spec));

const parentRefs = fc.uniqueArray(
  fc.constantFrom<object>(
    { name: 'gw' },
    { name: 'gw', namespace: 'default' },
    { name: 'gw', namespace: 'default', sectionName: 'one' },
    { name: 'gw', namespace: 'default', port: 8080 },
    { name: 'gw-2', namespace: 'default' },
    { kind: 'ListenerSet', name: 'set', namespace: 'default' },
    { group: '', kind: 'Service', name: 'web' },
  ),
  { minLength: 1, maxLength: 3 },
);

const routes = fc.oneof(
  { arbitrary: fc.constant(false), weight: 3 },
  { arbitrary: fc.constant(true), weight: 1 },
);

const someRoute = routes.chain((isGrpc) =>
  fc
    .tuple(
      fc.constantFrom('default/r1', 'default/r2', 'shop/r3', 'shop/r4'),
      fc.record({
        parentRefs,
        hostnames: fc.uniqueArray(hostname, { maxLength: 2 }),
        rules: fc.array<object>(isGrpc ? grpcRule : httpRule, { minLength: 1, maxLength: 2 }),
      }),
    )
    .map(([key, spec]) => (isGrpc ? aGrpcRoute(key, spec) : anHttpRoute(key, spec))),
);

const policies = fc
  .tuple(
    fc.constantFrom('default/p1', 'default/p2', 'shop/p3'),
    fc.record({
      targetRefs: fc.constantFrom(
        [{ group: '', kind: 'Service', name: 'web' }],
        [{ group: '', kind: 'Service', name: 'web', sectionName: 'x' }],
        [{ group: 'odd', kind: 'Odd', name: 'web' }],
      ),
      validation: fc.oneof(
        fc.record({
          hostname: fc.constantFrom('web.example', 'other.example'),
          caCertificateRefs: fc.array(authority, { minLength: 1, maxLength: 2 }),
        }),
        fc.constant({ hostname: 'web.example', wellKnownCACertificates: 'System' }),
      ),
    }),
  )
  .map(([key, spec]) => aTlsPolicy(key, spec));

const group = 'gateway.networking.k8s.io';

const grants = fc
  .tuple(
    fc.constantFrom('shop/g1', 'default/g2'),
    fc.constantFrom('default', 'shop'),
    optional<unknown>({
      from: fc.constantFrom(
        [{ group, kind: 'Gateway', namespace: 'default' }],
        [{ group, kind: 'GRPCRoute', namespace: 'default' }],
      ),
      to: fc.constantFrom(
        [{ group: '', kind: 'Secret' }],
        [{ group: '', kind: 'ConfigMap', name: 'ca' }],
        [{ group: '', kind: 'Service', name: 'web' }],
      ),
    }),
  )
  .map(([key, space, spec]) => aGrant(key, space, spec));

const classes = fc
  .tuple(
    fc.constantFrom('headgate', 'other'),
    fc.constantFrom('headgate.io/gateway-controller', 'other.example/controller'),
  )
  .map(([name, controllerName]) => aGatewayClass(name, { controllerName }));

const namespaces = fc.tuple(namespace, labels).map(([name, own]) => aNamespace(name, own));

const configMaps = fc
  .tuple(namespace, fc.constantFrom(certificateOf('one'), certificateOf('two'), 'no certificate'))
  .map(([space, authorities]) => aConfigMap(`${space}/ca`, authorities));

/** One object of the Gateway API, or one that its objects refer to. */
export const aGatewayApiObject: fc.Arbitrary<Manifest> = fc.oneof(
  { arbitrary: ofSomeAge(someRoute), weight: 8 },
  { arbitrary: ofSomeAge(gateways), weight: 4 },
  { arbitrary: ofSomeAge(listenerSets), weight: 2 },
  { arbitrary: grants, weight: 2 },
  { arbitrary: ofSomeAge(policies), weight: 2 },
  { arbitrary: configMaps, weight: 1 },
  { arbitrary: classes, weight: 1 },
  { arbitrary: namespaces, weight: 1 },
);
