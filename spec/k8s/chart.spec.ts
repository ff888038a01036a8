import { readdirSync, readFileSync } from 'node:fs';

import test from 'ava';
import { parse, parseAllDocuments } from 'yaml';

import { crdFiles } from '../../build/crds.ts';
import { helm } from '../../build/manifests.ts';
import {
  chartObjects,
  chartText,
  only,
  valueSets,
  type Rendered,
} from '../_support/api-server/chart.ts';
import { headgate } from '../_support/process/headgate.ts';

test('the chart, the program in it and the npm package have one version', (t) => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const chart = parse(readFileSync('k8s/chart/Chart.yaml', 'utf8')) as Record<string, string>;

  t.is(chart['version'], version);
  t.is(chart['appVersion'], version);
});

for (const [name, options] of Object.entries(valueSets))
  test(`the chart renders with these values: ${name}`, async (t) => {
    const text = await chartText('gate', ...options);

    t.regex(text, /^kind: Deployment$/m);
    t.notRegex(text, /<no value>|\bnil\b|: %!/);
    await t.notThrowsAsync(helm('lint', '--strict', '--quiet', 'k8s/chart', ...options));
  });

const isRefused = test.macro({
  async exec(t, setting: string, message: RegExp) {
    const error = await t.throwsAsync(chartText('gate', '--set', setting));
    t.regex(error?.message ?? '', message);
  },
  title: (_, setting: string) => `the chart refuses ${setting}`,
});

test(isRefused, 'replicas=3', /additional properties 'replicas' not allowed/);
test(isRefused, 'replicaCount=two', /'\/replicaCount': got string, want integer/);
test(isRefused, 'service.ports[0].targetPort=80', /targetPort': minimum: got 80, want 1,?024/);
test(isRefused, 'service.type=External', /'\/service\/type': value must be one of/);
test(isRefused, 'service.targetPort=1', /'\/service': additional properties 'targetPort'/);
test(isRefused, 'log.level=verbose', /'\/log\/level': value must be one of/);
test(isRefused, 'heapPercent=95', /'\/heapPercent': maximum: got 95, want 80/);
test(isRefused, 'envoy.heapPercent=56', /heapPercent and envoy.heapPercent are more than 90/);
test(isRefused, 'envoy.heapPercent=half', /'\/envoy\/heapPercent': got string, want/);
test(isRefused, 'probes.readiness.timeoutSeconds=1', /readiness\/timeoutSeconds': minimum/);
test(isRefused, 'resources.limits.memory=null', /'\/resources\/limits': missing property 'memory'/);
test(isRefused, 'resources.limits.memory=1 GiB', /memory': '1 GiB' does not match/);
test(isRefused, 'scope.namespace=Shop', /'\/scope\/namespace': 'Shop' does not match/);
test(isRefused, 'allowAddresses[0]=multicast', /allowAddresses\/0': value must be one of/);
test(isRefused, 'isolation.trustedNamespaces[0]=*', /trustedNamespaces\/0': '\*' does not match/);
test(isRefused, 'image.digest=latest', /'\/image\/digest': 'latest' does not match/);
test(isRefused, 'ambassadorId=', /'\/ambassadorId': minLength/);
test(isRefused, 'remote.port=443', /'\/remote\/port': minimum/);
test(isRefused, 'env[0].name=AMBASSADOR_ID', /env: AMBASSADOR_ID is set by another value of/);
test(isRefused, 'env[0].name=AMBASSADOR_DRAIN_TIME', /env: AMBASSADOR_DRAIN_TIME is set by/);
test(isRefused, 'env[0].name=HEADGATE_DRAIN_TIME', /env: HEADGATE_DRAIN_TIME is set by/);
test(isRefused, 'gatewayApi.addresses[0]=front.example', /addresses\/0': 'front.example' does not/);
test(isRefused, 'gatewayApi.gatewayClass.create=maybe', /gatewayClass\/create': got string, want/);
test(isRefused, 'networkPolicy.egress=all', /'\/networkPolicy\/egress': got string, want array/);

test('both charts have one version, and what catalogues show of them', (t) => {
  const [program, definitions] = ['k8s/chart', 'k8s/crds'].map(
    (folder) => parse(readFileSync(`${folder}/Chart.yaml`, 'utf8')) as Record<string, unknown>,
  );

  for (const field of ['version', 'appVersion', 'kubeVersion', 'icon', 'annotations'])
    t.deepEqual(definitions?.[field], program?.[field], field);
});

const byName = (one: Rendered, other: Rendered): number =>
  one.metadata.name.localeCompare(other.metadata.name);

test('the chart of the definitions brings each of them as it is, and keeps it', async (t) => {
  await t.notThrowsAsync(helm('lint', '--strict', '--quiet', 'k8s/crds'));
  const text = await helm('template', 'headgate-crds', 'k8s/crds');
  const shown = parseAllDocuments(text).map((document) => document.toJS() as Rendered);
  const files = [...crdFiles().values()].map((file) => parse(file) as Rendered);

  t.is(files.length, 14);
  t.deepEqual(shown.toSorted(byName), files.toSorted(byName));
  t.true(
    shown.every(({ metadata }) => metadata.annotations?.['helm.sh/resource-policy'] === 'keep'),
  );
});

test('the other chart brings none, and no link that Helm warns of', async (t) => {
  t.is((await helm('show', 'crds', 'k8s/chart')).trim(), '');
  t.deepEqual(
    readdirSync('k8s', { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isSymbolicLink())
      .map(({ name }) => name),
    [],
  );
});

test('every key of the values is described by the schema, and the other way round', (t) => {
  const values = parse(readFileSync('k8s/chart/values.yaml', 'utf8')) as Record<string, unknown>;
  const schema = JSON.parse(readFileSync('k8s/chart/values.schema.json', 'utf8')) as {
    readonly properties: Record<string, unknown>;
  };

  t.deepEqual(
    Object.keys(schema.properties).filter((key) => key !== 'global'),
    Object.keys(values),
  );
});

interface Pod {
  readonly automountServiceAccountToken: boolean;
  readonly terminationGracePeriodSeconds: number;
  readonly volumes: readonly Readonly<Record<string, { readonly defaultMode?: number }>>[];
  readonly containers: readonly {
    readonly ports: readonly { readonly containerPort: number }[];
  }[];
}

const podOf = async (...options: readonly string[]): Promise<Pod> => {
  const deployment = only(await chartObjects('gate', ...options), 'Deployment');
  return (deployment as unknown as { readonly spec: { template: { spec: Pod } } }).spec.template
    .spec;
};

test('no port is one that needs a capability', async (t) => {
  const { containers } = await podOf(...(valueSets['everything'] ?? []));
  const ports = containers.flatMap((container) => container.ports);

  t.true(ports.length > 2);
  t.deepEqual(
    ports.filter(({ containerPort }) => containerPort < 1024),
    [],
  );
});

test('a Pod has the time to let load balancers know, to drain, and to end', async (t) => {
  const usual = await podOf();
  const long = await podOf('--set', 'shutdown.delaySeconds=20,shutdown.drainSeconds=300');
  const short = await podOf('--set', 'shutdown.delaySeconds=0,shutdown.drainSeconds=0');

  t.is(usual.terminationGracePeriodSeconds, 10 + 60 + 15);
  t.is(long.terminationGracePeriodSeconds, 20 + 300 + 15);
  t.is(short.terminationGracePeriodSeconds, 15);
});

test('the user of the container can read what is projected for it', async (t) => {
  const { volumes, automountServiceAccountToken } = await podOf('--set', 'remote.enabled=true');
  const modes = volumes
    .flatMap((volume) => Object.values(volume))
    .map(({ defaultMode }) => defaultMode)
    .filter((mode) => mode !== undefined);

  t.false(automountServiceAccountToken);
  t.deepEqual(modes, [0o444, 0o444]);
});

test('every variable that the chart and the image set is one that the program reads', async (t) => {
  const { stdout } = await headgate(['run', '--help']);
  const texts = [
    await chartText('gate', '--set', 'remote.enabled=true,scope.namespace=a,scope.labelSelector=b'),
    await chartText('gate', '--set', 'writeStatus=false,scope.secretsNamespace=a'),
    await chartText('gate', '--values', 'spec/k8s/values/everything.yaml'),
    readFileSync('k8s/image/Containerfile', 'utf8'),
  ];
  const set = new Set(texts.join('\n').match(/\bHEADGATE_[A-Z_]+/g));
  const ofTheImage = readFileSync('k8s/image/services/headgate/run', 'utf8');
  const known: readonly string[] = `${stdout} ${ofTheImage}`.match(/\bHEADGATE_[A-Z_]+/g) ?? [];

  t.true(set.size > 15);
  t.deepEqual(
    [...set].filter((name) => !known.includes(name)),
    [],
  );
});

test('what namespaces may do to each other is written as the options read it', async (t) => {
  const text = await chartText('gate', '--values', 'spec/k8s/values/everything.yaml');
  const variables = [...text.matchAll(/- name: HEADGATE_(\w+)\n +value: (.*)/g)];

  t.like(Object.fromEntries(variables.map(([, name, value]) => [name, value])), {
    ISOLATION: "'true'",
    TRUSTED_NAMESPACES: 'edge,tools',
    REFERENCE_GRANTS: '"*:certs"',
  });
  t.notRegex(await chartText('gate'), /ISOLATION|TRUSTED_NAMESPACES|REFERENCE_GRANTS/);
});
