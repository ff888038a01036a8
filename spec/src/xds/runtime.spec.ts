import test from 'ava';

import { keys, values } from '../../../src/collection/collection.ts';
import { makeSnapshot } from '../../../src/xds/make-snapshot.ts';
import { toJson } from '../../../src/xds/message/to-json.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { anIr } from '../../_support/world/an-ir.ts';

const runtimeOf = (nodes: Parameters<typeof anIr>[0]) => {
  const { resources } = makeSnapshot(undefined, anIr(nodes));
  return resources[TypeUrl.Runtime];
};

test('where nobody limits anything there is no layer', (t) => {
  t.deepEqual([...keys(runtimeOf({}))], []);
});

test('limits are flags of one layer; what is not limited is not said', (t) => {
  const runtime = runtimeOf({
    connectionLimits: [
      ['edge', { requestsBeforeResetsCount: 100, earlyResetSeconds: 2, from: [] }],
    ],
  });
  t.deepEqual([...values(runtime)].map(toJson), [
    {
      '@type': TypeUrl.Runtime,
      name: 'connection-limits',
      layer: {
        'overload.premature_reset_total_stream_count': 100,
        'overload.premature_reset_min_stream_lifetime_seconds': 2,
      },
    },
  ]);
});
