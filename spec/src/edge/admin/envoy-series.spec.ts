import test from 'ava';

import { envoyFilter, envoySeries } from '../../../../src/edge/admin/envoy-series.ts';

const filter = new RegExp(envoyFilter);

for (const name of [
  'cluster.shop_80.upstream_rq_total',
  'cluster.shop_80.upstream_rq_5xx',
  'cluster.shop_80.outlier_detection.ejections_active',
  'http.ingress_http.downstream_rq_2xx',
  'http.administration.downstream_rq_2xx',
  'http.a.no_route',
  'listener.0.0.0.0_8080.downstream_cx_total',
  'listener.[2001_db8__1]_8443.ssl.handshake',
  'listener.0.0.0.0_8080.http.ingress_http.downstream_rq_4xx',
  'server.live',
])
  test(`${name} is shown`, (t) => t.regex(name, filter));

for (const name of [
  'cluster.shop_80.upstream_rq_503',
  'cluster.shop_80.external.upstream_rq_5xx',
  'cluster.shop_80.upstream_rq_total.more',
  'cluster.shop_80.outlier_detectionxejections_active',
  'http.admin.downstream_rq_2xx',
  'http.headgate-ready.downstream_rq_5xx',
  'http.async-client.no_route',
  'listener.admin.downstream_cx_total',
  'listener.0.0.0.0_8080.worker_1.downstream_cx_total',
  'server.live.more',
  'more.server.live',
])
  test(`${name} is not shown`, (t) => t.notRegex(name, filter));

test('each series stands in the list once, and has a help text that Prometheus takes', (t) => {
  const names = envoySeries.map(({ name }) => name);
  t.deepEqual(names, [...new Set(names)]);
  for (const { name, help } of envoySeries) {
    t.regex(name, /^envoy_[a-z_]+$/);
    t.regex(help, /^[\x20-\x5b\x5d-\x7e]+\.$/);
  }
});
