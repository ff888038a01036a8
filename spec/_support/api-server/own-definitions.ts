import { readdirSync, readFileSync } from 'node:fs';

import { parse } from 'yaml';

import { kindsOf, kindTable } from '../../../src/kube/kind.ts';
import { apiPath } from '../../../src/kube/reflect/api-path.ts';
import { eventually } from '../envoy/supervised-envoy.ts';
import type { TestCluster } from '../test-cluster/test-cluster.ts';

/** The definition of a kind, as far as specs change it. */
export interface Definition {
  readonly spec: {
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      subresources?: unknown;
      readonly schema: {
        readonly openAPIV3Schema: {
          readonly properties: {
            spec?: unknown;
            readonly status: { properties: Record<string, unknown> };
          };
        };
      };
    }[];
  };
}

/** Lets users write anything into the spec, as definitions of other versions may. */
export const withAnySpec = ({ spec }: Definition): void => {
  for (const { schema } of spec.versions)
    schema.openAPIV3Schema.properties.spec = {
      type: 'object',
      'x-kubernetes-preserve-unknown-fields': true,
    };
};

/** Installs the definitions of our kinds, and waits until objects of every kind can be read. */
export const installOwnDefinitions = async (
  cluster: TestCluster,
  change: (definition: Definition) => void = () => undefined,
): Promise<void> => {
  const folder = 'k8s/crds/templates';
  const definitions = readdirSync(folder).map(
    (name) => parse(readFileSync(`${folder}/${name}`, 'utf8')) as Definition,
  );
  definitions.forEach(change);
  await cluster.apply(definitions);
  for (const kind of kindsOf('emissary'))
    await eventually(
      `${kind} objects can be read`,
      async () => (await cluster.request({ path: apiPath(kindTable[kind]) })).status === 200,
    );
};
