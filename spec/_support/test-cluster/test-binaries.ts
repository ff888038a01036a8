import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { cacheFolder } from '../../../src/edge/envoy/cache-folder.ts';
import { goBuild, type GoBuild } from './go-build.ts';

/** A program that specs of a cluster and of the chart run, or that `npm run conformance` runs. */
export type TestBinary =
  | 'etcd'
  | 'kube-apiserver'
  | 'kubectl'
  | 'helm'
  | 'promtool'
  | 'http3-client'
  | 'kube-controller-manager'
  | 'consul'
  | 'echo-basic'
  | 'conformance.test';

/** Those that are in a folder that `setup-envtest` makes. */
const inAssets: readonly TestBinary[] = ['etcd', 'kube-apiserver', 'kubectl'];

/**
 * The path of a program of the test cluster: in the folder that `KUBEBUILDER_ASSETS` names, else in
 * the cache, where it is built from the Go modules in this folder if it is missing.
 *
 * Building takes minutes; `prepare.ts` does it before the specs run, and `progress` is told.
 */
export const testBinary = async (
  name: TestBinary,
  progress: (line: string) => void = () => undefined,
): Promise<string> => {
  const ready = readyBinary(name);
  if (ready !== undefined) return ready;
  const { module: _, ...recipe } = recipes[name];
  return await goBuild({ name, ...recipe, target: cached(name), progress });
};

/** The path of a program that needs no building. */
export const readyBinary = (name: TestBinary): string | undefined => {
  const assets = process.env['KUBEBUILDER_ASSETS'] ?? '';
  const given = assets === '' ? undefined : resolve(assets, name);
  if (given !== undefined && existsSync(given)) return given;
  if (given !== undefined && inAssets.includes(name))
    throw new Error(`expected ${name} in ${assets}, which KUBEBUILDER_ASSETS names`);
  return existsSync(cached(name)) ? cached(name) : undefined;
};

interface Recipe extends Pick<GoBuild, 'folder' | 'source' | 'flags' | 'tags' | 'makes'> {
  /** The module whose version is that of the program. */
  readonly module: string;
}

const here = import.meta.dirname;

const conformance = join(here, '..', 'conformance');

/** The module of the Gateway API's conformance suite; an older one has the back end that it asks. */
const suite = 'sigs.k8s.io/gateway-api/conformance';

/** The version of a module in a `go.mod`. */
const versionOf = ({ folder, module }: Pick<Recipe, 'folder' | 'module'>): string => {
  const line = readFileSync(join(folder, 'go.mod'), 'utf8')
    .split('\n')
    .map((text) => text.trim().replace(/^require /, ''))
    .find((text) => text.startsWith(`${module} v`));
  const version = line?.split(' ')[1];
  if (version === undefined) throw new Error(`expected ${module} in ${folder}/go.mod`);
  return version;
};

const small = '-s -w';

/** Kubernetes programs learn their version when they are linked. */
const kubernetes = (command: string): Recipe => {
  const where = { folder: here, module: 'k8s.io/kubernetes' };
  const version = versionOf(where);
  const [major = '', minor = ''] = version.slice(1).split('.');
  const set = Object.entries({ gitVersion: version, gitMajor: major, gitMinor: minor })
    .map(([key, value]) => ` -X k8s.io/component-base/version.${key}=${value}`)
    .join('');
  return { ...where, source: `k8s.io/kubernetes/cmd/${command}`, flags: `${small}${set}` };
};

const recipes: Readonly<Record<TestBinary, Recipe>> = {
  etcd: {
    folder: here,
    module: 'go.etcd.io/etcd/server/v3',
    source: 'go.etcd.io/etcd/server/v3',
    flags: small,
  },
  'kube-apiserver': kubernetes('kube-apiserver'),
  kubectl: kubernetes('kubectl'),
  helm: {
    folder: join(here, 'helm'),
    module: 'helm.sh/helm/v4',
    source: 'helm.sh/helm/v4/cmd/helm',
    flags: small,
  },
  promtool: {
    folder: join(here, 'promtool'),
    module: 'github.com/prometheus/prometheus',
    source: 'github.com/prometheus/prometheus/cmd/promtool',
    flags: small,
    // Without the clients of all clouds it takes less than half the time.
    tags: 'remove_all_sd',
  },
  'http3-client': {
    folder: join(here, '..', 'http3'),
    module: 'github.com/quic-go/quic-go',
    source: '.',
    flags: small,
  },
  'kube-controller-manager': kubernetes('kube-controller-manager'),
  consul: {
    folder: join(here, '..', 'consul'),
    module: 'github.com/hashicorp/consul',
    source: 'github.com/hashicorp/consul',
    flags: small,
  },
  'echo-basic': {
    folder: join(conformance, 'echo'),
    module: suite,
    source: `${suite}/echo-basic`,
    flags: small,
  },
  'conformance.test': {
    ...{ folder: conformance, module: suite, source: suite, flags: small },
    makes: 'tests',
  },
};

/** The name contains the version, so another version is built anew. */
const cached = (name: TestBinary): string =>
  join(
    cacheFolder({ env: process.env }),
    'test-cluster',
    `${name}-${versionOf(recipes[name])}-${process.platform}-${process.arch}`,
  );
