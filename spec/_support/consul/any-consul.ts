import * as fc from 'fast-check';

import { consulServiceName } from '../../../src/ir/endpoints.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { WorldEvent } from '../../../src/kube/kube-event.ts';
import { aConsulResolver, type Manifest } from '../world/builders.ts';

/** ConsulResolvers of one name in two namespaces; some cannot be asked, or are for another installation. */
export const consulResolvers: fc.Arbitrary<Manifest> = fc
  .tuple(
    fc.constantFrom('default/mine', 'shop/mine'),
    fc.record(
      {
        address: fc.constantFrom('consul', '$HOST_IP:8500', '$TOKEN', '169.254.169.254', 'a b'),
        datacenter: fc.constantFrom('dc1', 'dc2'),
        ambassador_id: fc.constantFrom(['default'], ['other']),
      },
      { requiredKeys: [], noNullPrototype: true },
    ),
  )
  .map(([key, spec]) => aConsulResolver(key, spec));

/** What Consul says of one of two services of two resolvers; not every address is one of a service. */
export const consulEvents: fc.Arbitrary<WorldEvent> = fc
  .tuple(
    fc.constantFrom('default/mine' as const, 'shop/mine' as const),
    fc.constantFrom('web', 'other'),
    fc.option(fc.subarray(['10.1.0.1', '10.1.0.2', '169.254.169.254', 'web.example'])),
  )
  .map(([resolver, name, addresses]): WorldEvent => {
    const service = consulServiceName(resolver, name);
    if (addresses === null) return { _tag: 'ConsulForgotten', service };
    const endpoints = addresses.map((address) => ({ address, port: 80 as Port }));
    return { _tag: 'ConsulAnswered', service, endpoints };
  });
