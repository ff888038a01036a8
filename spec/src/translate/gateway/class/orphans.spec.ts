import test from 'ava';

import { problemLines } from '../../../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aListenerSet,
} from '../../../../_support/world/gateway-api/builders.ts';
import { gatewaysOf } from '../../../../_support/world/gateway-api/gateway-reports.ts';

const pool = { gatewayAddresses: ['192.0.2.0/24'] };

test('a Gateway whose class does not exist is told so; one of another class is for others', (t) => {
  const other = {
    ...aGatewayClass('other'),
    spec: { controllerName: 'example.com/controller' },
  };
  const gateways = ['other', 'headgat'].map((gatewayClassName) =>
    aGateway(`default/of-${gatewayClassName}`, { gatewayClassName }),
  );

  t.deepEqual(problemLines(gatewaysOf([other, ...gateways], pool)), [
    'Gateway default/of-headgat: spec.gatewayClassName: GatewayClass headgat does not exist',
  ]);
});

test('a ListenerSet whose Gateway does not exist is told so', (t) => {
  const sets = ['gw', 'gv'].map((name) =>
    aListenerSet(`default/of-${name}`, { parentRef: { name } }),
  );

  t.deepEqual(
    problemLines(
      gatewaysOf([aGateway('default/gw', { gatewayClassName: 'other' }), ...sets], pool),
    ).filter((line) => line.startsWith('ListenerSet')),
    ['ListenerSet default/of-gv: spec.parentRef.name: Gateway default/gv does not exist'],
  );
});
