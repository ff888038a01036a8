import test from 'ava';

import { ownVersion } from '../../../../src/cli/own-version.ts';
import { emissaryDiagnostics } from '../../../../src/cli/serve/emissary-diagnostics.ts';
import { keys } from '../../../../src/collection/collection.ts';
import { debugJson } from '../../../../src/edge/admin/debug-json.ts';
import { allProblems } from '../../../../src/translate/assemble/problems.ts';
import { translate } from '../../../../src/translate/translate.ts';
import {
  aHost,
  aListener,
  aMapping,
  aResolver,
  aService,
  storeOf,
} from '../../../_support/world/builders.ts';

const options = { ambassadorId: 'default', namespace: 'gateway' };

test('routes, clusters and problems are in the form of Emissary, without credentials', (t) => {
  const store = storeOf(
    aListener('gateway/http', { port: 8080 }),
    aHost('gateway/all', { hostname: '*' }),
    aMapping('shop/cart', {
      hostname: 'a.example',
      prefix: '/cart/',
      service: 'cart.shop:80',
      method: 'GET',
      resolver: 'endpoint',
      headers: { authorization: 'secret', 'x-user': 'anna' },
    }),
    aResolver('Endpoint', 'shop/endpoint'),
    aService('shop/cart', { ports: [{ port: 80 }] }),
    aMapping('shop/late', {
      hostname: 'a.example',
      host_redirect: true,
      timeout: 3,
      docs: { path: '/' },
    }),
  );
  const { ir, problems } = translate(options)(undefined, store);
  const shown = emissaryDiagnostics(options)({
    ir,
    problems: allProblems(problems),
    isReady: true,
  });
  const read = JSON.parse([...debugJson(shown)].join('')) as Readonly<Record<string, unknown>>;
  const [cluster = ''] = keys(ir.clusters);

  t.deepEqual(read['system'], {
    version: ownVersion(),
    ambassador_id: 'default',
    ambassador_namespace: 'gateway',
    env_good: false,
  });
  t.deepEqual(read['envoy_status'], { ready: true });
  t.deepEqual(read['errors'], [
    [
      'Mapping shop/late',
      'spec.timeout: no such field; it has no effect; did you mean timeout_ms?',
    ],
  ]);
  t.deepEqual(read['notices'], [
    'Mapping shop/late: spec.docs: no effect: it is for the developer portal of Ambassador Edge Stack',
  ]);
  t.deepEqual(read['cluster_stats'], { [cluster]: { valid: false, discovery: 'Eds', members: 0 } });
  t.deepEqual((read['route_info'] as readonly unknown[])[0], {
    key: 'a.example/cart/',
    _source: 'Mapping shop/cart',
    _group_id: 'Mapping shop/cart',
    listener: 'listener-8080/cleartext',
    host: 'a.example',
    prefix: '/cart/',
    match: 'Prefix',
    method: 'GET',
    headers: [
      { name: 'authorization', value: '[redacted]' },
      { name: 'x-user', value: 'anna' },
    ],
    rewrite: '/',
    clusters: [{ name: cluster, weight: 1 }],
  });
});
