import test from 'ava';

import { keys } from '../../../../../src/collection/collection.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import {
  aService,
  showRoute,
  virtualHosts,
  type Manifest,
} from '../../../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  anHttpRoute,
  aTlsListener,
} from '../../../../_support/world/gateway-api/builders.ts';
import { gatewaysOf } from '../../../../_support/world/gateway-api/gateway-reports.ts';

const shared = { gatewayService: 'edge/headgate' } as const;

const service = aService('edge/headgate', {
  clusterIP: '10.0.0.1',
  ports: [{ name: 'https', port: 443, targetPort: 8443 }],
});

const all = { namespaces: { from: 'All' } };

/** A Gateway for all names of a domain, and a route for one of them. */
const objects = [
  aGatewayClass(),
  service,
  aService('default/web'),
  aSecret('default/cert'),
  aGateway('default/gw', {
    listeners: [aTlsListener({ hostname: '*.a.example', allowedRoutes: all })],
  }),
  anHttpRoute('default/r', { hostnames: ['x.a.example'] }),
];

const domainsWith = (...others: readonly Manifest[]): readonly string[] =>
  [...keys(gatewaysOf([...objects, ...others], shared).ir.virtualHosts)].sort();

test('a listener of a Gateway for which nothing listens keeps no hostname from the others', (t) => {
  const domains = domainsWith();
  t.true(domains.some((one) => one.endsWith('x.a.example')));

  // Envoy listens on 8443 for port 443 of the Service, which has no port 8443.
  const other = aGateway('shop/gw', {
    listeners: [aTlsListener({ hostname: 'x.a.example', port: 8443 })],
  });
  t.deepEqual(domainsWith(other), domains);
});

test('a listener whose handshakes are refused keeps its hostname, whatever is missing: a certificate or an authority', (t) => {
  /** What becomes of a request for the host on a connection for another name inside the domain. */
  const answer = (fields: object, spec: object = {}) => {
    const own = aGateway('default/own', {
      listeners: [aTlsListener({ hostname: 'x.a.example', ...fields })],
      ...spec,
    });
    return virtualHosts(gatewaysOf([...objects, own], shared).ir)
      .filter(({ domain }) => domain === 'x.a.example')
      .flatMap(({ table, routes }) => routes.map((route) => `${table}: ${showRoute(route)}`));
  };

  const misdirected = ['listener-8443/tls/*.a.example: / → 421'];
  t.deepEqual(answer({ tls: { certificateRefs: [{ name: 'gone' }] } }), misdirected);
  const caCertificateRefs = [{ group: '', kind: 'ConfigMap', name: 'gone' }];
  t.deepEqual(
    answer({}, { tls: { frontend: { default: { validation: { caCertificateRefs } } } } }),
    misdirected,
  );
});
