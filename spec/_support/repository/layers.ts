import { importsOf, packageOf, type Source } from './sources.ts';

const ir = ['src/collection', 'src/ir'];
const above = [...ir, 'src/problem'];

/**
 * What each layer may import beside itself: layers above it in this list, and packages.
 *
 * A folder that has a row of its own is a layer, and what lies in it is not of the layer around it.
 * `node:*` is everything of Node, `*` every declared dependency; a name that ends with `/` is all rows
 * that begin so.
 */
export const layers: Readonly<Record<string, readonly string[]>> = {
  'src/collection': [],
  'src/ir': ['src/collection', 'fp-ts'],
  'src/problem': ['src/ir', 'fp-ts', 're2js', 'fastest-levenshtein'],

  'src/xds': [...ir, 'src/xds/', 'node:crypto'],
  'src/xds/message': ['src/ir', 'src/xds', 'proto', 'protobufjs', 'node:crypto'],
  'src/xds/shard': [...ir, 'proto'],
  'src/xds/cluster': ['src/ir', 'src/xds', 'src/xds/message', 'proto'],
  'src/xds/certificate': [...ir, 'src/xds', 'src/xds/message'],
  'src/xds/filter': [...ir, 'src/xds', 'src/xds/message', 'src/xds/shard', 'proto'],
  'src/xds/route': ['src/ir', 'src/xds/message', 'src/xds/shard', 'src/xds/filter', 'proto'],
  'src/xds/table': [
    ...ir,
    'src/xds',
    'src/xds/message',
    'src/xds/shard',
    'src/xds/filter',
    'src/xds/route',
    'protobufjs',
  ],
  'src/xds/listener': [
    ...ir,
    'src/xds',
    'src/xds/message',
    'src/xds/shard',
    'src/xds/certificate',
    'src/xds/filter',
    'proto',
  ],
  'src/xds/session': [...ir, 'src/xds', 'src/xds/shard', 'src/xds/certificate'],
  'src/xds/wire': ['src/collection', 'src/xds', 'src/xds/message', 'src/xds/session'],
  'src/xds/bootstrap': [...ir, 'src/xds', 'src/xds/message', 'src/xds/shard', 'proto'],

  'src/yaml': ['yaml', 'fp-ts'],

  'src/kube': ['src/ir', 'src/problem', 'src/kube/', 'io-ts', 'fp-ts'],
  'src/kube/codec': ['src/ir', 'src/problem', 'io-ts', 'fp-ts'],
  'src/kube/core': ['src/ir', 'src/kube/codec', 'io-ts'],
  'src/kube/emissary': ['src/ir', 'src/kube/codec', 'src/kube/core', 'io-ts'],
  'src/kube/gateway': ['src/ir', 'src/kube/codec', 'src/kube/core', 'io-ts'],
  'src/kube/legacy': ['src/collection', 'src/kube', 'io-ts'],
  'src/kube/reflect': ['src/kube/codec', 'src/kube/core'],
  'src/kube/secret': [...above, 'src/kube', 'src/kube/core', 'fp-ts', 'node:crypto'],
  'src/kube/store': [...above, 'src/kube', 'fp-ts', 'immer'],
  'src/kube/reference': [...ir, 'src/kube', 'src/kube/reflect'],
  'src/kube/annotation': [
    'src/ir',
    'src/problem',
    'src/yaml',
    'src/kube',
    'src/kube/codec',
    'src/kube/core',
    'src/kube/legacy',
    'io-ts',
    'fp-ts',
  ],

  'src/consul': [...ir, 'src/kube', 'io-ts', 'fp-ts'],

  'src/manifest': [...above, 'src/yaml', 'src/kube', 'src/kube/annotation', 'yaml'],
  'src/translate': [...above, 'src/kube/gateway', 'src/kube/store', 'src/translate/', 'fp-ts'],
  'src/translate/annotation': [
    ...above,
    'src/kube',
    'src/kube/annotation',
    'src/kube/emissary',
    'src/kube/store',
    'src/translate',
  ],
  'src/translate/contribution': [...above, 'src/kube/store', 'node:crypto'],
  'src/translate/ingress-class': [...ir, 'src/kube/core', 'src/kube/store'],
  'src/translate/assemble': [
    ...above,
    'src/kube/core',
    'src/kube/store',
    'src/translate/contribution',
  ],
  'src/translate/emissary': [
    ...above,
    'src/kube/core',
    'src/kube/emissary',
    'src/kube/secret',
    'src/kube/store',
    'src/consul',
    'src/translate',
    'src/translate/contribution',
    'src/translate/ingress-class',
  ],
  'src/translate/gateway': [
    ...above,
    'src/kube/codec',
    'src/kube/core',
    'src/kube/gateway',
    'src/kube/secret',
    'src/kube/store',
    'src/translate',
    'src/translate/contribution',
    'fp-ts',
    'node:crypto',
  ],
  'src/budget': [
    ...above,
    'src/kube',
    'src/kube/codec',
    'src/kube/core',
    'src/kube/store',
    'src/translate/contribution',
  ],
  'src/quarantine': [
    ...above,
    'src/xds',
    'src/xds/session',
    'src/kube',
    'src/kube/store',
    'node:crypto',
  ],
  'src/journal': [
    'src/ir',
    'src/problem',
    'src/xds',
    'src/xds/session',
    'src/kube',
    'io-ts',
    'fp-ts',
  ],
  'src/plane': [
    ...ir,
    'src/budget',
    'src/xds',
    'src/kube',
    'src/kube/store',
    'src/translate',
    'src/quarantine',
    'src/journal',
    'fp-ts',
  ],
  'src/status': [
    ...above,
    'src/xds',
    'src/xds/session',
    'src/kube',
    'src/kube/',
    'src/translate',
    'src/translate/assemble',
    'src/translate/contribution',
    'node:crypto',
  ],
  streams: ['src/', 'rxjs', 'fp-ts'],
  'src/edge': ['src/', 'streams', 'node:*', '*'],
  'src/cli': ['src/', 'src/edge', 'streams', 'node:*', '*'],
};

const names = Object.keys(layers);

/** The layer a path lies in: the innermost folder that has a row. */
export const layerOf = (path: string): string | undefined =>
  [...names, 'proto']
    .filter((layer) => path.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0];

/** The layers a row allows; those that name a whole folder are taken apart. */
const layersIn = (layer: string): readonly string[] =>
  (layers[layer] ?? []).flatMap((allowed) =>
    allowed.endsWith('/')
      ? names.filter((one) => one.startsWith(allowed) && names.indexOf(one) < limitOf(layer))
      : names.filter((one) => one === allowed),
  );

/** A layer and the rows inside of it are one place in the order: files of either may import the other. */
const limitOf = (layer: string): number => names.findLastIndex((one) => isWithin(one, layer)) + 1;

const isWithin = (inner: string, outer: string): boolean =>
  inner === outer || inner.startsWith(`${outer}/`);

/** The layers a row allows that do not stand above it. */
export const layersBelow = (layer: string): readonly string[] =>
  layersIn(layer).filter(
    (one) =>
      names.indexOf(one) >= names.indexOf(layer) && !isWithin(one, layer) && !isWithin(layer, one),
  );

/** The imports of a layer that its row does not allow, as `file → what`. */
export const strangers = (
  layer: string,
  sources: readonly Source[],
  dependencies: readonly string[],
): readonly string[] => {
  const allowed = [layer, ...layersIn(layer), ...(layers[layer] ?? [])];
  return sources
    .filter(({ path }) => layerOf(path) === layer)
    .flatMap((source) =>
      importsOf(source)
        .filter((imported) => !isAllowed(imported, allowed, dependencies))
        .map((imported) => `${source.path} → ${imported}`),
    );
};

/** What the row of a layer allows although none of its files imports it. */
export const needless = (layer: string, sources: readonly Source[]): readonly string[] => {
  const imported = sources
    .filter(({ path }) => layerOf(path) === layer)
    .flatMap(importsOf)
    .map((one) => layerOf(one) ?? (one.startsWith('node:') ? one : packageOf(one)));
  return (layers[layer] ?? []).filter(
    (allowed) =>
      !allowed.endsWith('*') &&
      !imported.some((one) => (allowed.endsWith('/') ? one.startsWith(allowed) : one === allowed)),
  );
};

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
