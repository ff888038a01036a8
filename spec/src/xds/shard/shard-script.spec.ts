import test from 'ava';

import type { Any } from '../../../../proto/envoy.ts';
import { decode } from '../../../../src/xds/message/encode.ts';
import { shardScript, upgradesAllowed } from '../../../../src/xds/shard/shard-script.ts';
import { allLabels } from '../../../../src/xds/shard/shard.ts';
import { filterName, tableOfFilter } from '../../../../src/xds/shard/shard.ts';
import { gate } from '../../../../src/xds/table/scoped-route.ts';

const layout = { shards: 512, labels: 3 };

const sourceOf = ({ value = new Uint8Array() }: Any): string =>
  decode('envoy.extensions.filters.http.lua.v3.LuaPerRoute', value).source_code?.inline_string ??
  '';

test('the name of a filter tells its table', (t) => {
  t.is(tableOfFilter(filterName('web shards 1')), 'web shards 1');
});

test('no name that a user chose is in the script', (t) => {
  const scripts = ['one', 'two"]]--'].map((table) => {
    const scope = decode(
      'envoy.config.route.v3.ScopedRouteConfiguration',
      gate(table, layout, ['websocket']).bytes,
    );
    const configs =
      scope.route_configuration?.virtual_hosts?.[0]?.routes?.[0]?.typed_per_filter_config ?? {};
    t.deepEqual(Object.keys(configs), [filterName(table)]);
    return sourceOf(configs[filterName(table)] ?? {});
  });
  t.true(scripts[0]?.includes('"#3.512."'));
  t.is(scripts[0], scripts[1]);
});

test('the script says how the table is cut, and looks at upgrades only where there are any', (t) => {
  const plain = shardScript({ shards: 64, labels: allLabels }, false);
  t.true(plain.includes('"#127.64."'));
  t.true(plain.includes('hash % 64'));
  t.false(plain.includes('upgrade'));
  t.true(shardScript(layout, true).includes('get("upgrade")'));
});

test('a route names the upgrades it allows in lower case', (t) => {
  t.deepEqual(upgradesAllowed(['WebSocket', 'spdy/3.1']), {
    filter_metadata: {
      'envoy.filters.http.lua': {
        fields: { websocket: { boolValue: true }, 'spdy/3.1': { boolValue: true } },
      },
    },
  });
});
