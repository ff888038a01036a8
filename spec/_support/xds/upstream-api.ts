import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import protobuf from 'protobufjs';

/** Envoy's own API definitions, as published with `@grpc/grpc-js-xds`, from these files on. */
export const upstreamApi = (files: readonly string[]): protobuf.Root => {
  const root = new protobuf.Root();
  root.resolvePath = (_, target) => {
    if (protobuf.common.get(target) !== null) return target;
    return folders.map((folder) => join(folder, target)).find((path) => existsSync(path)) ?? null;
  };
  return root.loadSync([...files], { keepCase: true }).resolveAll() as protobuf.Root;
};

const { resolve } = createRequire(import.meta.url);

const definitions = join(dirname(resolve('@grpc/grpc-js-xds/package.json')), 'deps');

/** protobufjs brings `google/protobuf/descriptor.proto`, which the others leave out. */
const folders: readonly string[] = [
  ...['envoy-api', 'xds', 'googleapis', 'protoc-gen-validate'].map((name) =>
    join(definitions, name),
  ),
  dirname(resolve('protobufjs/package.json')),
];
