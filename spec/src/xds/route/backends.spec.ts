import test from 'ava';

import { onlyTo, type Backend, type ClusterBackend } from '../../../../src/ir/backend.ts';
import { aForward } from '../../../_support/world/an-ir.ts';
import { routeJson } from '../../../_support/xds/route-json.ts';

const toCluster = (cluster: string, weight: number): ClusterBackend => ({
  _tag: 'Cluster',
  cluster,
  weight,
});
const failing = { _tag: 'Fails', status: 500, weight: 1 } as const;

const shares = test.macro((t, backends: readonly Backend[], expected: object) => {
  const { route: got, ...others } = routeJson({ action: aForward({ backends }) }) as {
    readonly route?: object;
  };
  t.deepEqual(
    { ...others, ...got },
    { match: { prefix: '/' }, ...(got !== undefined && { timeout: '3s' }), ...expected },
  );
});

test('a single backend is the cluster of the route', shares, onlyTo('a'), { cluster: 'a' });
test(
  'several backends share the requests by weight',
  shares,
  [toCluster('a', 3), toCluster('b', 1)],
  {
    weighted_clusters: {
      clusters: [
        { name: 'a', weight: 3 },
        { name: 'b', weight: 1 },
      ],
    },
  },
);
test('a backend without weight is left out', shares, [toCluster('a', 3), toCluster('b', 0)], {
  cluster: 'a',
});
test(
  'a share that fails goes to no cluster, and is answered with 500',
  shares,
  [toCluster('a', 3), failing],
  {
    weighted_clusters: {
      clusters: [
        { name: 'a', weight: 3 },
        { name: 'none', weight: 1 },
      ],
    },
    cluster_not_found_response_code: 'INTERNAL_SERVER_ERROR',
  },
);
const allFail = { direct_response: { status: 500 } };
test('when every share fails, the route answers with 500', shares, [failing, failing], allFail);
test(
  'when no backend has weight, the route answers with 500',
  shares,
  [toCluster('a', 0)],
  allFail,
);
test('a route without a backend answers with 500', shares, [], allFail);
test(
  'a share has headers of its own, even the only one',
  shares,
  [
    {
      ...toCluster('a', 1),
      requestHeaders: { add: [{ name: 'x', value: '5%', append: false }], remove: ['y'] },
      responseHeaders: { add: [{ name: 'z', value: '1', append: true }], remove: [] },
    },
  ],
  {
    weighted_clusters: {
      clusters: [
        {
          name: 'a',
          weight: 1,
          request_headers_to_add: [
            { header: { key: 'x', value: '5%%' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' },
          ],
          request_headers_to_remove: ['y'],
          response_headers_to_add: [{ header: { key: 'z', value: '1' } }],
        },
      ],
    },
  },
);
