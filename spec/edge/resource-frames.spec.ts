import test from 'ava';

import { resourceFrames } from '../../src/edge/resource-frames.ts';
import { aCluster } from '../_support/xds-world.ts';

test('a resource is framed once for all streams', (t) => {
  const frame = resourceFrames();
  const cluster = aCluster('a');
  t.is(frame(cluster), frame(cluster));
  t.not(frame(cluster), frame(aCluster('b')));
});
