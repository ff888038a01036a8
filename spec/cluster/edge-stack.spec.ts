import test from 'ava';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster } from '../_support/test-cluster/test-cluster.ts';

const definition = (plural: string, kind: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.getambassador.io` },
  spec: {
    group: 'getambassador.io',
    names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
    scope: 'Namespaced',
    versions: [
      {
        name: 'v3alpha1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
});

test('where kinds of Edge Stack are installed that guard requests there, the log says that they do not here', async (t) => {
  const cluster = await startTestCluster(t);
  await installCrds(cluster);
  await cluster.apply([definition('filters', 'Filter')]);
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig: cluster.kubeconfig }, [
    ...['--no-envoy', '--no-status'],
  ]);
  await eventually('everything is read', headgate.isReady);
  const named = () =>
    headgate.lines.flatMap((line) => /(\S+): installed, and of Ambassador/.exec(line)?.[1] ?? []);

  await eventually('the kind is named', () => named().join().includes('filters'));
  await cluster.apply([definition('filterpolicies', 'FilterPolicy')]);
  await eventually('the next one is named', () => named().length === 2);

  t.regex(named()[0] ?? '', /\bfilters\.getambassador\.io$/);
  t.regex(named()[1] ?? '', /\bfilterpolicies\.getambassador\.io$/);
});
