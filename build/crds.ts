import { mkdirSync, writeFileSync } from 'node:fs';

import { stringify } from 'yaml';

import { kindsOf, kindTable, type Kind } from '../src/kube/kind.ts';
import { languageGroups } from '../src/kube/language.ts';
import { columnsOf } from './columns.ts';
import { describeKind, described } from './descriptions.ts';
import { loosened, withLegacyFields } from './legacy-schema.ts';
import { fieldCodec, schemaOf, type Schema } from './schema.ts';
import { shortNames } from './short-names.ts';
import { statusSchema } from './status-schema.ts';

/**
 * The definitions of Emissary's kinds, by file name, as YAML: made from what the codecs read. They are templates of
 * a chart that have nothing to fill in, so that `kubectl` takes them too.
 */
export const crdFiles = (): ReadonlyMap<string, string> =>
  new Map(
    kindsOf('emissary').map((kind) => [
      `${group}_${kindTable[kind].plural}.yaml`,
      `${heading}${stringify(crdOf(kind), { lineWidth: 100, aliasDuplicateObjects: false })}`,
    ]),
  );

const group = languageGroups.emissary;

const heading = '# Made by `npm run crds` from the codecs in src/kube; not written by hand.\n';

const crdOf = (kind: Kind): unknown => {
  const { plural, scope } = kindTable[kind];
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      labels: { 'app.kubernetes.io/name': 'headgate' },
      // With a definition all its objects go, so `helm uninstall` does not take it.
      annotations: { 'helm.sh/resource-policy': 'keep' },
    },
    spec: {
      group,
      scope,
      names: {
        kind,
        listKind: `${kind}List`,
        plural,
        singular: kind.toLowerCase(),
        ...(shortNames[kind] === undefined ? {} : { shortNames: shortNames[kind] }),
        categories: ['ambassador-crds'],
      },
      conversion: { strategy: 'None' },
      versions: [current(kind), ...oldVersions(kind).map(old(kind))],
    },
  };
};

/** Listeners came with v3alpha1. */
const oldVersions = (kind: Kind): readonly string[] => (kind === 'Listener' ? [] : ['v2', 'v1']);

const current = (kind: Kind): unknown =>
  version(kind, 'v3alpha1', withLegacyFields(kind, specSchema(kind)));

/**
 * Old documents are taken and stored as they are; reading them is the control plane's business.
 *
 * They are not marked as deprecated and checked as far as their shapes allow: `kubectl` takes v2
 * for the most stable version and speaks it whenever the user names none.
 */
const old = (kind: Kind) => (name: string) => ({
  ...version(kind, name, loosened(kind, withLegacyFields(kind, specSchema(kind)))),
  storage: false,
});

const version = (kind: Kind, name: string, spec: Schema) => ({
  name,
  served: true,
  storage: true,
  subresources: { status: {} },
  additionalPrinterColumns: columnsOf(kind),
  schema: {
    openAPIV3Schema: {
      description: describeKind(kind),
      type: 'object',
      ...(spec.required === undefined ? {} : { required: ['spec'] }),
      properties: { spec: described(kind, spec), status: statusSchema(kind) },
    },
  },
});

/** The schema of the `spec` of a kind, as its codec reads it. */
export const specSchema = (kind: Kind): Schema => {
  const spec = fieldCodec(kindTable[kind].codec, 'spec');
  if (spec === undefined) throw new Error(`expected a spec in the codec of ${kind}`);
  return schemaOf(spec);
};

if (import.meta.main) {
  const folder = new URL('../k8s/crds/templates/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of crdFiles()) writeFileSync(new URL(name, folder), text);
}
