import test from 'ava';

import { corsFilter } from '../../../../src/ir/filter/cors.ts';
import { routeJson } from '../../../_support/xds/route-json.ts';

test('a policy lies at the route, under the name of the filter', (t) => {
  const settings = {
    _tag: 'Cors',
    origins: ['https://a'],
    methods: ['GET', 'PUT'],
    headers: [],
    exposedHeaders: [],
    credentials: false,
    maxAge: '60',
  } as const;
  t.like(routeJson({ filters: [{ filter: corsFilter, settings }] }), {
    typed_per_filter_config: {
      'envoy.filters.http.cors': {
        '@type': 'type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy',
        allow_origin_string_match: [{ exact: 'https://a' }],
        allow_methods: 'GET, PUT',
        max_age: '60',
        allow_credentials: false,
      },
    },
  });
});
