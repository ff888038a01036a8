import test from 'ava';

import { guardEffects } from '../../../src/problem/guard-effects.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { startRateLimitService } from '../../_support/service/a-rate-limit-service.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const backend = await startNotingBackend();
const [service, second] = [await startRateLimitService(), await startRateLimitService()];

/** An object of Emissary; its spec in flow style. */
const object = (kind: string, name: string, spec: string): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: ${kind}
metadata: { name: ${name} }
spec: { ${spec} }
`;

const limits = (more = '', name = 'limits', { port } = service): string =>
  object(
    'RateLimitService',
    name,
    `service: '127.0.0.1:${port}', protocol_version: v3, timeout_ms: 500 ${more}`,
  );

const denying = ', failure_mode_deny: true';

const labels = `labels: {
  ambassador: [
    { user: [
      { request_headers: { header_name: x-user, key: user } },
      { generic_key: { value: shop } },
      { generic_key: { key: of, value: all } } ] },
    { client: [{ remote_address: { key: remote_address } }, { source_cluster: { key: source_cluster } }] },
    { maybe: [
      { request_headers: { header_name: x-maybe, key: maybe, omit_if_not_present: true } },
      { generic_key: { value: always } } ] } ],
  other: [{ all: [{ generic_key: { value: there } }] }] }`;

const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    mapping('plain', backend.port, "prefix: /plain/, rewrite: ''") +
    mapping('moved', 'other.example', `prefix: /moved/, host_redirect: true, ${labels}`) +
    mapping('limited', backend.port, `prefix: /limited/, rewrite: '', ${labels}`),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
  service.kill();
  second.kill();
});

const status = async (path = '/limited/', headers: Readonly<Record<string, string>> = {}) =>
  (await gateway.ask({ path, headers })).status;

/** A listener serves what it was until its new chains are warm. */
const untilAsked = async (one = service): Promise<void> => {
  one.asked();
  await eventually('the service is asked', async () => {
    await status('/limited/', { 'x-user': 'first' });
    return one.asked().length > 0;
  });
};

test.serial('labels of a domain that no service has are said, and limit nothing', async (t) => {
  t.is(await status(), 200);
  t.like(await gateway.problems('Mapping default/limited'), [
    { problem: 'Note', field: 'spec.labels.ambassador' },
    { problem: 'Note', field: 'spec.labels.other' },
  ]);
});

test.serial(
  'the service is asked by every label of its domain, for labelled routes alone',
  async (t) => {
    await gateway.apply('limits.yaml', limits());
    await untilAsked();
    t.is(await status('/limited/', { 'x-user': 'ann', 'x-maybe': 'yes' }), 200);
    t.deepEqual(service.asked(), [
      {
        domain: 'ambassador',
        descriptors: [
          'user=ann,generic_key=shop,of=all',
          'remote_address=127.0.0.1,source_cluster=default',
          'maybe=yes,generic_key=always',
        ],
      },
    ]);
    t.is(await status(), 200);
    t.deepEqual(
      service.asked().map(({ descriptors }) => descriptors),
      [['remote_address=127.0.0.1,source_cluster=default', 'generic_key=always']],
    );
    t.is(await status('/plain/'), 200);
    t.is(await status('/moved/'), 301);
    t.deepEqual(service.asked(), []);
    t.deepEqual(await gateway.problems('RateLimitService default/limits'), []);
  },
);

test.serial('requests of which there were too many are answered 429', async (t) => {
  service.limits((descriptor) => descriptor.startsWith('user=ann,'));
  t.is(await status('/limited/', { 'x-user': 'ann' }), 429);
  t.is(await status('/limited/', { 'x-user': 'bob' }), 200);
  t.is(await status('/plain/', { 'x-user': 'ann' }), 200);
});

test.serial('who speaks gRPC is told so in the code that is asked for', async (t) => {
  const headers = { 'x-user': 'ann', 'content-type': 'application/grpc' };
  const code = async () =>
    (await gateway.ask({ path: '/limited/', headers })).headers['grpc-status'];
  t.is(await code(), '14');
  await gateway.apply('limits.yaml', limits(', grpc: { use_resource_exhausted_code: true }'));
  t.is(await code(), '8');
});

test.serial('its requests are counted under the name that it gives', async (t) => {
  await gateway.apply('limits.yaml', limits(', stats_name: our-limits'));
  await status();
  const name = 'cluster.our-limits.upstream_rq_total';
  t.true(((await gateway.envoy.stats(name)).get(name) ?? 0) > 0);
});

test.serial('settings are edited without a change of a listener', async (t) => {
  const listeners = async () =>
    Object.fromEntries(await gateway.envoy.stats('listener_manager.(listener_|total_)'));
  const before = await listeners();
  await gateway.apply('limits.yaml', limits(denying));
  t.is(await status('/limited/', { 'x-user': 'ann' }), 429);
  t.deepEqual(await listeners(), before);
});

for (const manner of ['never', 'late', 'error'] as const)
  test.serial(
    `a service that answers ${manner}: requests pass, or not where it denies`,
    async (t) => {
      service.answers(manner);
      await gateway.apply('limits.yaml', limits(denying));
      t.is(await status(), 500);
      t.is(await status('/plain/'), 200);
      await gateway.apply('limits.yaml', limits());
      t.is(await status('/limited/', { 'x-user': 'ann' }), 200);
      service.answers('well');
      t.is(await status('/limited/', { 'x-user': 'ann' }), 429);
    },
  );

test.serial('a service that is killed: the same, until it is back', async (t) => {
  service.kill();
  await gateway.apply('limits.yaml', limits(denying));
  t.is(await status(), 500);
  t.is(await status('/plain/'), 200);
  await gateway.apply('limits.yaml', limits());
  t.is(await status(), 200);
  await service.restart();
  await eventually('the service is asked again', async () => {
    return (await status('/limited/', { 'x-user': 'ann' })) === 429;
  });
});

test.serial('each domain has its service, and labels by default come first', async (t) => {
  const defaults = `default_labels: { other: { defaults: [{ generic_key: { key: by, value: default } }] } }`;
  await gateway.apply(
    'limits.yaml',
    limits() +
      limits(', domain: other', 'more', second) +
      limits(', domain: other', 'spare') +
      object('Module', 'ambassador', `config: { ${defaults} }`),
  );
  await untilAsked(second);
  t.is(await status('/limited/', { 'x-user': 'bob' }), 200);
  t.deepEqual(second.asked(), [{ domain: 'other', descriptors: ['by=default,generic_key=there'] }]);
  t.like(await gateway.problems('RateLimitService default/spare'), [
    { problem: 'Conflict', field: 'spec.domain' },
  ]);
});

test.serial('one that cannot be asked closes what it should keep in where it denies', async (t) => {
  const old = (more: string): string =>
    object('RateLimitService', 'limits', `service: '127.0.0.1:9', protocol_version: v2 ${more}`);
  await gateway.apply('limits.yaml', old(denying));
  t.is(await status(), 503);
  t.is(await status('/plain/'), 200);
  t.is(await status('/moved/'), 301);
  t.like(await gateway.problems('RateLimitService default/limits'), [
    { message: guardEffects.LabelledRefused },
    { problem: 'InvalidField', field: 'spec.protocol_version' },
  ]);
  await gateway.apply('limits.yaml', old(''));
  t.is(await status(), 200);
  await gateway.remove('limits.yaml');
  t.is(await status(), 200);
});
