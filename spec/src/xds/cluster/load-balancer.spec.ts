import test from 'ava';

import type { LoadBalancer } from '../../../../src/ir/cluster.ts';
import { cluster } from '../../../../src/xds/cluster/cluster.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { aCluster } from '../../../_support/world/an-ir.ts';

const sent = test.macro<[loadBalancer: LoadBalancer, expected: object]>({
  exec(t, loadBalancer, expected) {
    t.like(toJson(cluster(aCluster({ loadBalancer }))), expected);
  },
  title: (name = '') => name,
});

test(
  'endpoints in turn, new ones little by little',
  sent,
  { _tag: 'RoundRobin', slowStart: 60_000 },
  { round_robin_lb_config: { slow_start_config: { slow_start_window: '60s' } } },
);
test(
  'the endpoint with the fewest requests, new ones little by little',
  sent,
  { _tag: 'LeastRequest', slowStart: 1500 },
  {
    lb_policy: 'LEAST_REQUEST',
    least_request_lb_config: { slow_start_config: { slow_start_window: '1.500s' } },
  },
);
test(
  'a hash ring of some size',
  sent,
  { _tag: 'RingHash', minimumSize: 2048 },
  { lb_policy: 'RING_HASH', ring_hash_lb_config: { minimum_ring_size: '2048' } },
);
test(
  'a hash table of some size',
  sent,
  { _tag: 'Maglev', tableSize: 251 },
  { lb_policy: 'MAGLEV', maglev_lb_config: { table_size: '251' } },
);
test(
  'without settings, what Envoy has',
  sent,
  { _tag: 'RingHash' },
  { lb_policy: 'RING_HASH', ring_hash_lb_config: undefined },
);
