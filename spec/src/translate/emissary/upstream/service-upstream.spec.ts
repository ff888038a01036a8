import test from 'ava';

import { empty, get } from '../../../../../src/collection/collection.ts';
import type { Tables } from '../../../../../src/collection/operator/join-each.ts';
import { showProblem } from '../../../../../src/problem/show-problem.ts';
import { serviceUpstream } from '../../../../../src/translate/emissary/upstream/service-upstream.ts';
import type { UpstreamSpec } from '../../../../../src/translate/emissary/upstream/upstream.ts';
import type { UpstreamTables } from '../../../../../src/translate/emissary/upstream/upstream-tables.ts';

const tables: Tables<UpstreamTables> = {
  endpointResolvers: empty(),
  serviceResolvers: empty(),
  consulResolvers: empty(),
  grants: empty(),
  contexts: empty(),
  ports: empty(),
  defaults: empty(),
};

const find = serviceUpstream({ ambassadorId: 'default', namespace: 'default' });

const found = (spec: UpstreamSpec) =>
  find({ ref: 'AuthService shop/auth', field: 'spec.auth_service', spec }, (table, key) =>
    get(tables[table], key),
  );

test('the service of an object of any kind is a cluster like that of a Mapping', (t) => {
  const { cluster, problems } = found({ service: 'auth:3000', grpc: true });
  t.like(cluster, {
    statName: 'auth_shop_3000',
    protocol: 'http2',
    discovery: { _tag: 'Dns', host: 'auth.shop', port: 3000 },
  });
  t.deepEqual(problems, []);
});

const unreachable = test.macro({
  exec(t, spec: UpstreamSpec, expected: RegExp) {
    const { cluster, problems } = found(spec);
    t.is(cluster, undefined);
    t.is(problems.length, 1);
    t.regex(problems.map((one) => showProblem(one)).join('\n'), expected);
  },
  title: (name = '') => `nothing is sent to ${name}`,
});

test('a service that is no address', unreachable, { service: 'auth:x' }, /auth_service.*host/s);
test('an address of the cloud', unreachable, { service: '169.254.169.254' }, /auth_service/);
test('a service that is to be verified', unreachable, { service: 'a', tls: 'ctx' }, /spec\.tls/);
test('a service without its resolver', unreachable, { service: 'a', resolver: 'x' }, /resolver/);

test('what an address says without effect is told, under the name of the field', (t) => {
  const { cluster, problems } = found({ service: 'http://auth/check', tls: 'true' });
  t.like(cluster, { tls: { sni: 'auth' } });
  const lines = problems.map((one) => showProblem(one)).join('\n');
  t.regex(lines, /spec\.auth_service.*what follows has no effect/s);
  t.regex(lines, /spec\.tls.*http:\/\/ in auth_service or tls/s);
});
