import test from 'ava';

import { get, keys } from '../../../../src/collection/collection.ts';
import { makeSnapshot } from '../../../../src/xds/make-snapshot.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import {
  aChain,
  aListener,
  anIr,
  aSecret,
  aVirtualHost,
  tlsFor,
} from '../../../_support/world/an-ir.ts';

const served = anIr({ listeners: [aListener()], filterChains: [aChain()] });

test('a table that may be cut has a filter that does nothing, under its name', (t) => {
  const { resources } = makeSnapshot(undefined, served);
  const filter = get(resources[TypeUrl.Extension], 'shards web');
  t.deepEqual([...keys(resources[TypeUrl.Extension])], ['shards web']);
  t.deepEqual(filter && toJson(filter), {
    '@type': TypeUrl.Extension,
    name: 'shards web',
    typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua' },
  });
});

test('a table for a single server name has none, for it is never cut', (t) => {
  const tls = tlsFor(['a.example']);
  const ir = anIr({
    listeners: [aListener()],
    filterChains: [aChain({ tls })],
    secrets: [aSecret()],
  });
  t.is(makeSnapshot(undefined, ir).resources[TypeUrl.Extension].size, 0);
});

test('the filter of a table stays when its virtual hosts change, and goes with its last chain', (t) => {
  const before = makeSnapshot(undefined, served);
  const changed = makeSnapshot(before, {
    ...served,
    virtualHosts: anIr({ virtualHosts: [aVirtualHost('a.example')] }).virtualHosts,
  });
  t.is(changed.resources[TypeUrl.Extension], before.resources[TypeUrl.Extension]);
  t.is(makeSnapshot(changed, anIr({})).resources[TypeUrl.Extension].size, 0);
});
