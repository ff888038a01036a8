import test from 'ava';

import { from, keys } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import type { Cluster } from '../../../../src/ir/cluster.ts';
import type { SecretName } from '../../../../src/ir/secret.ts';
import type { ServedName } from '../../../../src/ir/server-name.ts';
import { secretGraph, type SecretGraph } from '../../../../src/translate/assemble/secrets.ts';
import { tlsChainKey } from '../../../../src/translate/contribution/table-names.ts';
import { aClusterAt } from '../../../_support/world/an-ir.ts';
import { aSecret } from '../../../_support/world/a-secret.ts';
import { storeOf } from '../../../_support/world/builders.ts';

const settle = atOnce(secretGraph);

const served: ServedName = {
  names: 'a.example',
  from: [],
  _tag: 'Terminate',
  certificates: ['default/served'],
};

/** A cluster that shows a certificate. */
const showing = (name: string, clientCertificate: SecretName): Cluster =>
  aClusterAt(name, 443, { tls: { clientCertificate } });

const secretsOf = (previous: SecretGraph | undefined, ...clusters: readonly Cluster[]) =>
  settle(
    previous,
    storeOf(...['served', 'shown', 'other', 'unused'].map((name) => aSecret(`default/${name}`))),
    from([[tlsChainKey('listener-8443', served.names), served]]),
    from(clusters.map((cluster) => [cluster.name, cluster])),
  );

const namesOf = ({ secrets }: SecretGraph): readonly string[] => [...keys(secrets.output)].sort();

test('certificates that are served, and those that upstreams are shown, are all taken', (t) => {
  const graph = secretsOf(
    undefined,
    showing('a', 'default/shown'),
    showing('b', 'default/shown'),
    showing('c', 'default/missing'),
    aClusterAt('plain', 80),
    aClusterAt('nameless', 443, { tls: {} }),
  );
  t.deepEqual(namesOf(graph), ['default/served', 'default/shown']);
});

test('a Secret is taken as long as anything shows it', (t) => {
  let graph = secretsOf(undefined, showing('a', 'default/shown'), showing('b', 'default/shown'));
  graph = secretsOf(graph, showing('a', 'default/other'), showing('b', 'default/shown'));
  t.deepEqual(namesOf(graph), ['default/other', 'default/served', 'default/shown']);
  graph = secretsOf(graph, showing('a', 'default/served'));
  t.deepEqual(namesOf(graph), ['default/served']);
  graph = secretsOf(graph);
  t.deepEqual(namesOf(graph), ['default/served']);
});
