import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { parseAllDocuments } from 'yaml';

import { cacheFolder } from '../../../src/edge/envoy/cache-folder.ts';
import type { Schema } from '../../../build/schema.ts';
import { runGo } from '../process/run-go.ts';

/** What users install: `experimental` has more kinds, and more fields in the kinds of `standard`. */
export type Channel = 'standard' | 'experimental';

/** The definition of one kind of the Gateway API. */
export interface UpstreamDefinition {
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: {
    readonly name: string;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly storage: boolean;
      readonly schema: { readonly openAPIV3Schema: Schema };
    }[];
  };
}

/**
 * The definitions of a channel as the Gateway API publishes them.
 *
 * They lie in the cache, else they are taken from the Go module that `go.mod` in this folder pins.
 * `prepare.ts` does that before the specs run, and `progress` is told.
 */
export const upstreamDefinitions = async (
  channel: Channel,
  progress: (line: string) => void = () => undefined,
): Promise<readonly UpstreamDefinition[]> => {
  const target = join(cacheFolder({ env: process.env }), 'gateway-api', `${release()}.json`);
  if (!existsSync(target)) {
    progress('reading the definitions of the Gateway API from its Go module (once)');
    const text = JSON.stringify(await fetched());
    await mkdir(dirname(target), { recursive: true });
    const part = `${target}.${process.pid}.part`;
    await writeFile(part, text);
    await rename(part, target);
  }
  const read = JSON.parse(await readFile(target, 'utf8')) as Fetched;
  return read[channel];
};

type Fetched = Readonly<Record<Channel, readonly UpstreamDefinition[]>>;

const here = import.meta.dirname;

const module = 'sigs.k8s.io/gateway-api';

/** The release whose definitions they are: `v1.7.0`. */
export const release = (): string => {
  const found = new RegExp(`${module} (v\\S+)`).exec(readFileSync(join(here, 'go.mod'), 'utf8'));
  if (found?.[1] === undefined) throw new Error(`expected ${module} in ${here}/go.mod`);
  return found[1];
};

const fetched = async (): Promise<Fetched> => {
  const output = await runGo({
    args: ['-C', here, 'mod', 'download', '-json', module],
    env: { GOTOOLCHAIN: 'auto' },
    task: 'fetch the definitions of the Gateway API',
    advice:
      'Specs read them and install them. Install Go 1.26 or newer, which fetches the module that ' +
      'spec/_support/gateway-api/go.mod names',
  });
  const folder = /"Dir": "(.*)"/.exec(output)?.[1];
  if (folder === undefined) throw new Error(`expected the folder of ${module}:\n${output}`);
  const [standard, experimental] = (['standard', 'experimental'] as const).map((channel) =>
    definitionsIn(join(folder, 'config', 'crd', channel)),
  );
  return { standard: standard ?? [], experimental: experimental ?? [] };
};

/** What lies beside them keeps users from installing an older release over a newer one. */
const definitionsIn = (folder: string): readonly UpstreamDefinition[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), 'utf8')))
    .map((document) => document.toJS() as UpstreamDefinition)
    .filter(({ kind }) => kind === 'CustomResourceDefinition');
