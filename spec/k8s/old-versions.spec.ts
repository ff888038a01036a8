import test from 'ava';

import { decode } from '../../src/kube/decode.ts';
import { kindTable, type Kind } from '../../src/kube/kind.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';
import { oldDocuments } from './old-documents.ts';

test('documents of v1 and v2 are taken, and read back at v3alpha1 as they were meant', async (t) => {
  const cluster = await startTestCluster(t);
  await installCrds(cluster);
  for (const [i, { says, apiVersion, kind, spec, read }] of oldDocuments.entries()) {
    const { plural } = kindTable[kind as Kind];
    const name = `old-${i}`;
    const of = (version: string) => `/apis/${version}/namespaces/default/${plural}`;
    const body = { apiVersion, kind, metadata: { name, namespace: 'default' }, spec };
    const created = await cluster.request({ method: 'POST', path: of(apiVersion), body });
    t.is(created.status, 201, `${says}: ${JSON.stringify(created.body)}`);
    const path = `${of('getambassador.io/v3alpha1')}/${name}`;
    const { body: stored } = await cluster.request({ path });
    const decoding = decode(stored);
    const { object, problems } =
      decoding._tag === 'Decoded' ? decoding.item : { object: {}, problems: [decoding] };
    t.like(object, { spec: read }, says);
    t.deepEqual(Object.keys((object as { spec: object }).spec).sort(), Object.keys(read).sort());
    t.deepEqual(
      problems.filter(({ _tag }) => _tag !== 'NotYetSupported'),
      [],
      says,
    );

    const condition = {
      ...{ type: 'Accepted', status: 'True', reason: 'Accepted', message: '' },
      lastTransitionTime: '2026-01-01T00:00:00Z',
    };
    const written = await cluster.request({
      ...{ method: 'PATCH', path: `${path}/status`, contentType: 'application/merge-patch+json' },
      body: { status: { conditions: [condition] } },
    });
    t.is(written.status, 200, `the status of it: ${JSON.stringify(written.body)}`);
  }
});

test('kubectl shows what objects say and what became of them', async (t) => {
  const cluster = await startTestCluster(t);
  await installCrds(cluster);
  await cluster.apply(`
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: { name: shop, namespace: default }
spec: { hostname: shop.example.com, prefix: /cart/, service: cart }
---
apiVersion: getambassador.io/v3alpha1
kind: Host
metadata: { name: shop, namespace: default }
spec: { hostname: shop.example.com }
---
apiVersion: getambassador.io/v3alpha1
kind: Listener
metadata: { name: http, namespace: default }
spec: { port: 8080, protocol: HTTP, securityModel: XFP, hostBinding: { namespace: { from: ALL } } }
`);
  const conditions = ['Accepted', 'Programmed'].map((type) => ({
    ...{ type, status: type === 'Accepted' ? 'True' : 'False', reason: 'Tested', message: 'a' },
    lastTransitionTime: '2026-01-01T00:00:00Z',
  }));
  const patch = JSON.stringify({ status: { conditions, state: 'Running' } });
  const patching = [
    'patch',
    'mapping',
    'shop',
    '--subresource=status',
    '--type=merge',
    '-p',
    patch,
  ];
  const { code, stderr } = await cluster.kubectl(patching);
  t.is(code, 0, stderr);

  const shown = await cluster.kubectl(['get', 'mapping,host,listener', '-n', 'default']);
  const rows = shown.stdout.split('\n').map((row) => row.trim().replace(/\s+/g, ' '));
  const [heading, row] = rows;
  t.is(
    heading,
    'NAME SOURCE HOST SOURCE PREFIX DEST SERVICE STATE ACCEPTED PROGRAMMED AGE',
    shown.stderr,
  );
  t.regex(row ?? '', /shop shop.example.com \/cart\/ cart Running True False \d+s$/);
  t.true(rows.includes('NAME HOSTNAME STATE ACCEPTED PROGRAMMED AGE'));
  t.true(rows.includes('NAME PORT PROTOCOL STACK SECURITY ACCEPTED PROGRAMMED AGE'));
  t.is(shown.stderr, '');
});

/** As Emissary installs it: stored as v2, converted by a webhook that nobody answers any more. */
const emissarysHosts = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'hosts.getambassador.io' },
  spec: {
    group: 'getambassador.io',
    names: { kind: 'Host', plural: 'hosts', listKind: 'HostList', singular: 'host' },
    scope: 'Namespaced',
    conversion: {
      strategy: 'Webhook',
      webhook: {
        clientConfig: { service: { name: 'emissary-apiext', namespace: 'emissary-system' } },
        conversionReviewVersions: ['v1'],
      },
    },
    versions: ['v2', 'v3alpha1'].map((name) => ({
      ...{ name, served: true, storage: name === 'v2' },
      schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
    })),
  },
};

test('what Emissary stored as v2 is readable once its definitions are replaced', async (t) => {
  const cluster = await startTestCluster(t);
  await cluster.apply([emissarysHosts]);
  await cluster.kubectl(['wait', '--for=condition=Established', 'crd', '--all']);
  const spec = { hostname: 'a.example.com', ambassadorId: 'edge' };
  const body = { apiVersion: 'getambassador.io/v2', kind: 'Host', metadata: { name: 'a' }, spec };
  const hosts = (version: string) => `/apis/getambassador.io/${version}/namespaces/default/hosts`;
  const created = await cluster.request({ method: 'POST', path: hosts('v2'), body });
  t.is(created.status, 201);

  const files = ['-f', 'k8s/crds/templates/getambassador.io_hosts.yaml'];
  const { code, stderr } = await cluster.kubectl(['replace', ...files]);
  t.is(code, 0, stderr);

  // For a moment after that the API server says that it initializes its storage (429).
  let read = await cluster.request({ path: `${hosts('v3alpha1')}/a` });
  await eventually('the object is read', async () => {
    if (read.status !== 200) read = await cluster.request({ path: `${hosts('v3alpha1')}/a` });
    return read.status === 200;
  });
  const decoding = decode(read.body);
  t.like(decoding, {
    item: {
      object: { spec: { hostname: 'a.example.com', ambassador_id: ['edge'] } },
      problems: [],
    },
  });
});
