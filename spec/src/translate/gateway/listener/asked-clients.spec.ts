import test from 'ava';

import { translate } from '../../../../../src/translate/translate.ts';
import { aSecret, certificateOf } from '../../../../_support/world/a-secret.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  createdIn,
  showRoute,
  storeOf,
  virtualHosts,
  type Manifest,
} from '../../../../_support/world/builders.ts';
import {
  aConfigMap,
  aGateway,
  aGatewayClass,
  anHttpRoute,
  aTlsListener,
} from '../../../../_support/world/gateway-api/builders.ts';

const validation = { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] };

/** A Gateway that asks clients for certificates, and a Host in another namespace for the same name and port. */
const objects = (tls: object, hostname = 'a.example') => [
  aGatewayClass(),
  aService('edge/headgate', { ports: [{ name: 'https', port: 443, targetPort: 8443 }] }),
  aService('default/web'),
  aSecret('default/cert'),
  aConfigMap('default/ca', certificateOf('one')),
  createdIn(2026, aGateway('default/gw', { listeners: [aTlsListener({ hostname })], tls })),
  createdIn(2026, anHttpRoute('default/r', { hostnames: ['a.example'] })),
  aListener('shop/https', { port: 8443, protocol: 'HTTPS' }),
  aSecret('shop/cert'),
  aService('shop/shop'),
  aMapping('shop/m', { hostname: 'a.example', prefix: '/shop/', service: 'shop' }),
];

const host = (year: number, hostname = 'a.example') =>
  createdIn(year, aHost('shop/h', { hostname, tlsSecret: { name: 'cert' } }));

const served = (...manifests: readonly Manifest[]): readonly string[] => {
  const both = translate({
    ambassadorId: 'default',
    namespace: 'default',
    gatewayService: 'edge/headgate',
  });
  return virtualHosts(both(undefined, storeOf(...manifests)).ir)
    .filter(({ table, domain }) => table.startsWith('listener-8443/tls') && domain === 'a.example')
    .flatMap(({ table, routes }) => routes.map((route) => `${table} ${showRoute(route)}`));
};

test('routes of a Gateway that asks clients for certificates are served on no connection that an older Host lets in without', (t) => {
  const table = 'listener-8443/tls/a.example';
  const [ofHost, ofGateway] = [
    `${table} /shop/ → cluster_shop_80_shop`,
    `${table} / → cluster_web_80_default`,
  ];
  t.deepEqual(served(...objects({}), host(2025)), [ofHost, ofGateway]);
  t.deepEqual(served(...objects({ frontend: { default: { validation } } }), host(2025)), [ofHost]);
});
