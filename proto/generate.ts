import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { format } from 'prettier';
import protobuf from 'protobufjs';

import { declarations } from './declarations.ts';

const folder = new URL('./', import.meta.url);
const output = new URL('./envoy.ts', folder);

/**
 * Every `.proto` file of this folder, parsed into one root.
 *
 * The JSON names of Envoy's fields are those of the `.proto` files: ProtoJSON allows both, and
 * Envoy's documentation and its `/config_dump` use these.
 */
export const parseAll = (): protobuf.Root => {
  const root = new protobuf.Root();
  const wellKnown = new Set<string>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.proto')) continue;
    const text = readFileSync(new URL(file, folder), 'utf8');
    const { imports = [] } = protobuf.parse(text, root, { keepCase: true });
    for (const name of imports) if (name.startsWith('google/')) wellKnown.add(name);
  }
  for (const name of [...wellKnown].sort()) root.addJSON(protobuf.common.get(name)?.nested ?? {});
  root.resolveAll();
  for (const field of [root.lookup('envoy'), root.lookup('xds')].flatMap(fieldsBelow))
    Object.assign(field, { jsonName: field.name });
  return root;
};

const fieldsBelow = (object: protobuf.ReflectionObject | null): readonly protobuf.Field[] => [
  ...(object instanceof protobuf.Type ? object.fieldsArray : []),
  ...(object instanceof protobuf.Namespace ? object.nestedArray.flatMap(fieldsBelow) : []),
];

/** The text of `envoy.ts` that belongs to the `.proto` files as they are now. */
export const generate = async (): Promise<string> => {
  const root = parseAll();
  const text = [
    '// Generated from the .proto files of this folder by `node proto/generate.ts`. Do not edit.',
    ...declarations(root),
    '/** The same definitions as a descriptor that protobufjs reads. */',
    `export const descriptor: object = ${JSON.stringify(root.toJSON())};`,
  ].join('\n');
  return format(text, {
    parser: 'typescript',
    printWidth: 100,
    singleQuote: true,
    trailingComma: 'all',
  });
};

/** Whether the committed `envoy.ts` is not what `generate` gives. */
export const isStale = async (): Promise<boolean> =>
  readFileSync(output, 'utf8') !== (await generate());

if (import.meta.main) {
  if (!process.argv.includes('--check')) writeFileSync(output, await generate());
  else if (await isStale()) {
    process.stderr.write('proto/envoy.ts is stale: run `node proto/generate.ts`\n');
    process.exitCode = 1;
  }
}
