import test from 'ava';

import { resourceFrames } from '../../../../src/edge/ads/resource-frames.ts';
import { resource } from '../../../../src/xds/resource.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aCluster } from '../../../_support/xds/xds-world.ts';

test('a large resource is framed once for all streams', (t) => {
  const frame = resourceFrames();
  const table = resource(TypeUrl.Routes, 'table', Buffer.alloc(16 * 1024));
  t.is(frame(table), frame(table));
});

test('a small one is framed anew: the same bytes, without memory', (t) => {
  const frame = resourceFrames();
  const cluster = aCluster('a');
  t.deepEqual(frame(cluster), frame(cluster));
  t.not(frame(cluster), frame(cluster));
});
