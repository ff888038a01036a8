import test from 'ava';

import type { Port } from '../../../../src/ir/port.ts';
import { loadAssignment } from '../../../../src/xds/cluster/load-assignment.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';

test('every address is an endpoint of one locality', (t) => {
  const resource = loadAssignment('demo/shop:80', [
    { address: '10.0.0.1', port: 8080 as Port },
    { address: '2001:db8::1', port: 8081 as Port },
  ]);
  t.is(resource.name, 'demo/shop:80');
  t.deepEqual(toJson(resource), {
    '@type': TypeUrl.Endpoints,
    cluster_name: 'demo/shop:80',
    endpoints: [
      {
        lb_endpoints: [
          { endpoint: { address: { socket_address: { address: '10.0.0.1', port_value: 8080 } } } },
          {
            endpoint: { address: { socket_address: { address: '2001:db8::1', port_value: 8081 } } },
          },
        ],
      },
    ],
  });
});

test('a Service without endpoints has an empty assignment', (t) => {
  t.deepEqual(toJson(loadAssignment('demo/shop:80', [])), {
    '@type': TypeUrl.Endpoints,
    cluster_name: 'demo/shop:80',
  });
});
