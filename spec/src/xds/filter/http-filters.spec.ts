import test from 'ava';

import type { FilterName } from '../../../../src/ir/filter/filter-name.ts';
import type { ChainFilter } from '../../../../src/xds/filter/chain-filter.ts';
import { extension } from '../../../../src/xds/filter/extension.ts';
import { httpFilters, listedFilter } from '../../../../src/xds/filter/http-filters.ts';
import { messageToJson, toJson } from '../../../../src/xds/message/to-json.ts';

const buffer = (maxRequestBytes: number): ChainFilter => ({
  _tag: 'Buffer',
  maxRequestBytes,
  from: [],
});

const unavailable: ChainFilter = { _tag: 'Unavailable', kind: 'Buffer', from: [] };

const namesOf = (...listed: readonly (readonly [FilterName, ChainFilter])[]) =>
  httpFilters(listed.map(([name, filter]) => listedFilter(name, filter))).map(({ name }) => name);

const shown = (filter: ChainFilter) =>
  messageToJson(
    'envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter',
    listedFilter('one', filter).message,
  );

test('filters stand in the order of their kinds, however they are listed, and the router is last', (t) => {
  t.deepEqual(
    namesOf(
      ['b', buffer(1)],
      ['nobody', { _tag: 'Missing' }],
      ['cors', { _tag: 'Cors', from: [] }],
      ['a', unavailable],
      ['shards web', { _tag: 'Shards' }],
    ),
    ['shards web', 'nobody', 'cors', 'b', 'a', 'envoy.filters.http.router'],
  );
});

test('a listener says the same of a filter whatever its settings, and if it is unavailable', (t) => {
  t.like(shown(buffer(1)), {
    name: 'one',
    config_discovery: {
      config_source: { ads: {} },
      default_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua' },
      type_urls: [
        'type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer',
        'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
      ],
    },
  });
  t.deepEqual(shown(buffer(2)), shown(buffer(1)));
  t.deepEqual(shown(unavailable), shown(buffer(1)));
  t.deepEqual(shown({ _tag: 'Idle', kind: 'Buffer', from: [] }), shown(buffer(1)));
});

test('the settings of a filter come over ECDS', (t) => {
  const resource = extension('one', buffer(7));
  t.like(resource && toJson(resource), {
    name: 'one',
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer',
      max_request_bytes: 7,
    },
  });
  t.is(extension('cors', { _tag: 'Cors', from: [] }), undefined);
});

test('in place of a filter that is unavailable or missing stands what answers 503', (t) => {
  const resource = extension('one', unavailable);
  const { typed_config: config } = (resource === undefined ? {} : toJson(resource)) as {
    readonly typed_config?: object;
  };
  t.regex(JSON.stringify(config), /respond.*503/);
  t.like(shown({ _tag: 'Missing' }), { name: 'one', typed_config: config });
});
