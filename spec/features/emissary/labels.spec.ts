import test, { type ExecutionContext } from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { startRateLimitService } from '../../_support/service/a-rate-limit-service.ts';
import { openHost } from '../../_support/world/routing-manifests.ts';

const [backend, service] = [await startNotingBackend(), await startRateLimitService()];

/** An object of one of Emissary's versions; its spec in flow style. */
const object = (kind: string, name: string, spec: string, version = 'v3alpha1'): string => `
---
apiVersion: getambassador.io/${version}
kind: ${kind}
metadata: { name: ${name} }
spec: { ${spec} }
`;

/** A Mapping of its own path with these labels. */
const labelled = (labels: string, version = 'v3alpha1'): string =>
  object(
    'Mapping',
    'labelled',
    `${version === 'v3alpha1' ? "hostname: '*', " : ''}prefix: /labelled/, rewrite: '', ` +
      `service: '127.0.0.1:${backend.port}', labels: ${labels}`,
    version,
  );

const limits = (spec = '', name = 'limits'): string =>
  object(
    'RateLimitService',
    name,
    `service: '127.0.0.1:${service.port}', protocol_version: v3, timeout_ms: 5000 ${spec}`,
  );

/** What the gateway's own requests are limited by, so that it is known when the service is asked. */
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    limits() +
    object(
      'Mapping',
      'probe',
      `hostname: '*', prefix: /probe/, rewrite: '', service: '127.0.0.1:${backend.port}', labels: { ambassador: [{ probe: [{ generic_key: { value: probe } }] }] }`,
    ),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
  service.kill();
});

/** A listener serves what it was until its new chains are warm. */
const untilAsked = async (): Promise<void> => {
  await eventually('the service is asked', async () => {
    service.asked();
    await gateway.ask({ path: '/probe/' });
    return service.asked().length > 0;
  });
};

/** What the service was asked; the name of a cluster has a digest of its settings in it. */
const asked = () =>
  service
    .asked()
    .map(({ domain, descriptors }) => [
      domain,
      descriptors.map((text) => text.replace(/cluster_[\w-]+/, '(the cluster)')),
    ]);

/** With this the service is asked so about one request: its descriptors by domain. */
const asks = test.macro(
  async (
    t: ExecutionContext,
    manifests: string,
    expected: Readonly<Record<string, readonly string[]>>,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    await gateway.apply('labels.yaml', manifests);
    await untilAsked();
    t.is((await gateway.ask({ path: '/labelled/', headers })).status, 200);
    t.deepEqual(Object.fromEntries(asked()), expected);
  },
);

const addressed = 'remote_address=127.0.0.1';

test.serial(
  'every kind of entry says what it is of, in the order in which they are written',
  asks,
  labelled(`{ ambassador: [{ all: [
    { remote_address: { key: remote_address } },
    { source_cluster: { key: source_cluster } },
    { destination_cluster: { key: destination_cluster } },
    { request_headers: { header_name: X-User, key: user } },
    { request_headers: { header_name: ':method', key: method } },
    { generic_key: { value: plain } },
    { generic_key: { key: named, value: also } } ] }] }`),
  {
    ambassador: [
      `${addressed},source_cluster=default,destination_cluster=(the cluster),user=ann,method=GET,generic_key=plain,named=also`,
    ],
  },
  { 'x-user': 'ann' },
);

test.serial(
  'a label without the header that it needs says nothing; one that may be absent is left out of its label',
  asks,
  labelled(`{ ambassador: [
    { needs: [{ request_headers: { header_name: x-user, key: user } }, { generic_key: { value: needs } }] },
    { may: [{ request_headers: { header_name: x-user, key: user, omit_if_not_present: true } }, { generic_key: { value: may } }] },
    { not: [{ request_headers: { header_name: x-user, key: user, omit_if_not_present: false } }] } ] }`),
  { ambassador: ['generic_key=may'] },
);

const short = `{ ambassador: [
  { words: [remote_address, source_cluster, shop] },
  { keys: [{ generic_key: written }, { user: { header: x-user, omit_if_not_present: true } }] } ] }`;

for (const version of ['v1', 'v2'])
  test.serial(
    `the short forms of ${version} mean the same`,
    asks,
    labelled(short, version),
    {
      ambassador: [
        `${addressed},source_cluster=default,generic_key=shop`,
        'generic_key=written,user=ann',
      ],
    },
    { 'x-user': 'ann' },
  );

for (const empty of [
  '{}',
  '{ ambassador: [] }',
  '{ ambassador: [{}] }',
  '{ ambassador: [{ none: [] }] }',
])
  test.serial(`labels ${empty} ask for nothing`, asks, labelled(empty), {});

const defaults = `default_labels: {
  ambassador: { defaults: [{ generic_key: { key: by, value: default } }, { remote_address: { key: remote_address } }] },
  nobody: { defaults: [{ generic_key: { value: none } }] } }`;

test.serial(
  'what a Module says by default comes before the entries of each label of that domain',
  asks,
  object('Module', 'ambassador', `config: { ${defaults} }`) +
    labelled(
      '{ ambassador: [{ a: [{ generic_key: { value: a } }] }, { b: [{ generic_key: { value: b } }] }] }',
    ),
  {
    ambassador: [`by=default,${addressed},generic_key=a`, `by=default,${addressed},generic_key=b`],
  },
);

test.serial(
  'and for a Mapping without labels of that domain it says nothing',
  asks,
  object('Module', 'ambassador', `config: { ${defaults} }`) + labelled('{ other: [] }'),
  {},
);

test.serial(
  'each domain is asked about by its own service; a Module says which one is meant where none is named',
  asks,
  object('Module', 'ambassador', 'config: { default_label_domain: shop }') +
    limits(', domain: ambassador', 'named') +
    limits(', domain: third', 'third') +
    labelled(
      `{ ambassador: [{ a: [{ generic_key: { value: a } }] }], shop: [{ a: [{ generic_key: { value: s } }] }], third: [{ a: [{ generic_key: { value: t } }] }], fourth: [{ a: [{ generic_key: { value: f } }] }] }`,
    ),
  { ambassador: ['generic_key=a'], shop: ['generic_key=s'], third: ['generic_key=t'] },
);

test.serial('an entry that is none is said, and the others count', async (t) => {
  await gateway.apply(
    'labels.yaml',
    labelled(
      '{ ambassador: [{ a: [{ header_value_match: { headers: [] } }, { generic_key: { value: a } }] }] }',
    ),
  );
  await untilAsked();
  await gateway.ask({ path: '/labelled/' });
  t.deepEqual(
    service.asked().map(({ descriptors }) => descriptors),
    [['generic_key=a']],
  );
  const fields = (await gateway.problems('Mapping default/labelled')).map(({ field }) => field);
  t.true(fields.includes('spec.labels.ambassador[0].a[0]'), fields.join());
});
