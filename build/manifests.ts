import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { parseAllDocuments, stringify } from 'yaml';

import { testBinary } from '../spec/_support/test-cluster/test-binaries.ts';
import { dashboard } from './dashboard/dashboard.ts';

/** One way to install without Helm: what the chart gives for a namespace and these values. */
interface Installation {
  readonly namespace: string;
  /** A file with values; absent: the defaults. */
  readonly values?: string;
}

/** The folders below `k8s` that are rendered from the chart. */
export const installations: Readonly<Record<string, Installation>> = {
  base: { namespace: 'headgate' },
  'overlays/single-namespace': {
    namespace: 'headgate',
    values: 'overlays/single-namespace/values.yaml',
  },
  'overlays/beside-emissary': {
    namespace: 'emissary',
    values: 'overlays/beside-emissary/values.yaml',
  },
};

/** What `kubectl apply -k` takes, by path below `k8s`: rendered from the chart; and the dashboard in it. */
export const manifestFiles = async (): Promise<ReadonlyMap<string, string>> => {
  const rendered = Object.entries(installations).map(
    async ([folder, installation]) =>
      [`${folder}/headgate.yaml`, await render(installation)] as const,
  );
  return new Map([
    ...(await Promise.all(rendered)),
    ['crds/kustomization.yaml', crds()],
    ['chart/dashboards/headgate.json', `${JSON.stringify(dashboard(), undefined, 2)}\n`],
  ]);
};

/** Runs helm; what it printed. */
export const helm = async (...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)(await testBinary('helm'), args, { maxBuffer: 64 << 20 })).stdout;

const folder = fileURLToPath(new URL('../k8s/', import.meta.url));

const heading = '# Made by `npm run manifests` from k8s/chart; not written by hand.\n';

const render = async ({ namespace, values }: Installation): Promise<string> => {
  const chosen = values === undefined ? [] : ['--values', `${folder}${values}`];
  const text = await helm(
    ...['template', 'headgate', `${folder}chart`, '--no-hooks', '--namespace', namespace],
    ...chosen,
  );
  const documents = parseAllDocuments(text)
    .map((document) => withoutHelm(document.toJS()))
    .filter((object) => object !== null)
    .map((object) => stringify(object, { lineWidth: 100, aliasDuplicateObjects: false }));
  return `${heading}${documents.join('---\n')}`;
};

/** The same object without the labels that say who installed it. */
const withoutHelm = (object: unknown): unknown =>
  JSON.parse(JSON.stringify(object), (key, value: unknown) =>
    key === 'helm.sh/chart' || key === 'app.kubernetes.io/managed-by' ? undefined : value,
  );

const crds = (): string => {
  const resources = readdirSync(`${folder}crds/templates`)
    .toSorted()
    .map((name) => `templates/${name}`);
  const kind = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
  return `# Made by \`npm run manifests\`; not written by hand.\n${stringify({ ...kind, resources })}`;
};

if (import.meta.main)
  for (const [path, text] of await manifestFiles()) writeFileSync(`${folder}${path}`, text);
