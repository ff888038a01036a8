import { importsOf, packageOf, type Source } from './sources.ts';

const above = ['src/collection', 'src/ir', 'src/problem'];
const read = ['src/kube', 'src/manifest', 'src/translate', 'src/journal'];
const all = [...above, 'src/xds', ...read, 'src/status'];

/**
 * What each layer may import beside itself: layers above it in this list, and packages.
 *
 * `node:*` is everything of Node, `*` every declared dependency.
 */
export const layers: Readonly<Record<string, readonly string[]>> = {
  'src/collection': [],
  'src/ir': ['src/collection'],
  'src/problem': ['src/ir', 'fp-ts'],
  'src/xds': ['src/ir', 'src/collection', 'proto', 'fp-ts', 'protobufjs', 'node:crypto'],
  'src/kube': [...above, 'io-ts', 'fp-ts', 'immer', 'node:crypto'],
  'src/manifest': [...above, 'src/kube', 'yaml', 'fp-ts'],
  'src/translate': [...above, 'src/kube', 'fp-ts', 're2js', 'node:crypto'],
  'src/journal': ['src/ir', 'src/problem', 'src/kube', 'src/xds', 'io-ts', 'fp-ts'],
  'src/status': [...above, 'src/xds', 'src/kube', 'src/translate', 'fp-ts', 'node:crypto'],
  streams: [...all, 'rxjs', 'fp-ts'],
  'src/edge': [...all, 'proto', 'streams', 'node:*', '*'],
  'src/cli': [...all, 'proto', 'streams', 'src/edge', 'node:*', '*'],
};

/** The layer a path lies in. */
export const layerOf = (path: string): string | undefined =>
  [...Object.keys(layers), 'proto'].find((layer) => path.startsWith(`${layer}/`));

/** The imports of a layer that its row does not allow, as `file → what`. */
export const strangers = (
  layer: string,
  allowed: readonly string[],
  sources: readonly Source[],
  dependencies: readonly string[],
): readonly string[] =>
  sources
    .filter(({ path }) => layerOf(path) === layer)
    .flatMap((source) =>
      importsOf(source)
        .filter((imported) => !isAllowed(imported, [layer, ...allowed], dependencies))
        .map((imported) => `${source.path} → ${imported}`),
    );

const isAllowed = (
  imported: string,
  allowed: readonly string[],
  dependencies: readonly string[],
): boolean => {
  const layer = layerOf(imported);
  if (layer !== undefined) return allowed.includes(layer);
  if (imported.startsWith('node:')) return allowed.includes('node:*') || allowed.includes(imported);
  const name = packageOf(imported);
  return dependencies.includes(name) && (allowed.includes('*') || allowed.includes(name));
};
