import test from 'ava';

import { problemLines } from '../../../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aGatewayListener,
} from '../../../../_support/world/gateway-api/builders.ts';
import { gatewaysOf, toldOf } from '../../../../_support/world/gateway-api/gateway-reports.ts';

const pool = { gatewayAddresses: ['192.0.2.0/24'] };
const labels = { team: 'blue' };

const withInfrastructure = (infrastructure: object) =>
  gatewaysOf([aGatewayClass(), aGateway('default/gw', { infrastructure })], pool);

test('labels and annotations for what is made for a Gateway have no effect, and its owner is told so', (t) => {
  const translation = withInfrastructure({ labels, annotations: { 'example.com/a': 'b' } });

  t.deepEqual(problemLines(translation), [
    'Gateway default/gw: spec.infrastructure.labels: not supported yet; it has no effect',
    'Gateway default/gw: spec.infrastructure.annotations: not supported yet; it has no effect',
  ]);
  t.deepEqual(toldOf(translation, 'Gateway', 'default/gw').slice(0, 2), [
    'Accepted=True/Accepted',
    'Programmed=True/Programmed',
  ]);
});

test('they are named beside parameters, for which a Gateway is not accepted', (t) => {
  const parametersRef = { group: 'example.com', kind: 'Odd', name: 'odd' };

  t.deepEqual(problemLines(withInfrastructure({ labels, parametersRef })), [
    'Gateway default/gw: spec.infrastructure.parametersRef: not supported yet; it has no effect',
    'Gateway default/gw: spec.infrastructure.labels: not supported yet; it has no effect',
  ]);
});

test('an infrastructure that asks for nothing is no problem', (t) => {
  t.deepEqual(problemLines(withInfrastructure({ labels: {}, annotations: {} })), []);
});

test('selectors of namespaces that nobody asks for, or that are missing, are told', (t) => {
  const selector = { matchLabels: labels };
  const gateway = aGateway('default/gw', {
    allowedListeners: { namespaces: { from: 'All', selector } },
    listeners: [
      aGatewayListener({ allowedRoutes: { namespaces: { selector } } }),
      aGatewayListener({
        name: 'more',
        port: 81,
        allowedRoutes: { namespaces: { from: 'Selector' } },
      }),
      aGatewayListener({
        name: 'most',
        port: 82,
        allowedRoutes: { namespaces: { from: 'Selector', selector } },
      }),
    ],
  });

  t.deepEqual(problemLines(gatewaysOf([aGatewayClass(), gateway], pool)), [
    'Gateway default/gw: spec.allowedListeners.namespaces.selector: it has no effect, because from is All',
    'Gateway default/gw: spec.listeners[0].allowedRoutes.namespaces.selector: it has no effect, because from is Same',
    'Gateway default/gw: spec.listeners[1].allowedRoutes.namespaces.selector: there is none, so no namespace is let in',
  ]);
});
