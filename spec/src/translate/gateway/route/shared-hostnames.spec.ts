import test from 'ava';

import { translate } from '../../../../../src/translate/translate.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  createdIn,
  problemLines,
  showRoute,
  storeOf,
  virtualHosts,
} from '../../../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aGatewayListener,
  anHttpRoute,
} from '../../../../_support/world/gateway-api/builders.ts';

test('a route takes no hostname from a Host that is older, however old its Gateway is', (t) => {
  const objects = (yearOfRoute: number) => [
    aGatewayClass(),
    aService('edge/headgate', {
      clusterIP: '10.0.0.1',
      ports: [{ name: 'http', port: 80, targetPort: 8080 }],
    }),
    createdIn(
      2020,
      aGateway('edge/gw', {
        listeners: [aGatewayListener({ allowedRoutes: { namespaces: { from: 'All' } } })],
      }),
    ),
    aService('tenant/web'),
    createdIn(
      yearOfRoute,
      anHttpRoute('tenant/r', {
        parentRefs: [{ name: 'gw', namespace: 'edge' }],
        hostnames: ['a.example'],
      }),
    ),
    aListener('default/http', { port: 8080 }),
    createdIn(2025, aHost('shop/h', { hostname: 'a.example' })),
    aService('shop/shop'),
    aMapping('shop/m', { hostname: 'a.example', service: 'shop' }),
  ];
  const both = translate({
    ambassadorId: 'default',
    namespace: 'default',
    gatewayService: 'edge/headgate',
  });
  /** Where requests for the name go, and what is told. */
  const served = (yearOfRoute: number) => {
    const translation = both(undefined, storeOf(...objects(yearOfRoute)));
    const host = virtualHosts(translation.ir).find(({ domain }) => domain === 'a.example');
    return [...(host?.routes ?? []).map(showRoute), ...problemLines(translation)];
  };
  const [ofHost, ofRoute] = ['/ → cluster_shop_80_shop', '/ → cluster_web_80_tenant'];
  t.deepEqual(served(2026), [
    ofHost,
    ofRoute,
    'HTTPRoute tenant/r: a.example on listener-8080/cleartext is also served by Host shop/h, whose routes are tried first',
  ]);
  t.deepEqual(served(2024), [
    ofRoute,
    ofHost,
    'Host shop/h: a.example on listener-8080/cleartext is also served by HTTPRoute tenant/r, whose routes are tried first',
  ]);
});
