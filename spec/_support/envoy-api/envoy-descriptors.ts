import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import descriptor, { type IFileDescriptorProto } from 'protobufjs/ext/descriptor.js';

import { cacheFolder } from '../../../src/edge/envoy/cache-folder.ts';
import { runGo } from '../process/run-go.ts';
import { rawDescriptor } from './raw-descriptor.ts';

/**
 * A `FileDescriptorSet` of the whole API of Envoy and xDS, and of everything that it imports.
 *
 * It lies in the cache, else it is made there from the Go modules that `go.mod` in this folder
 * pins. `prepare.ts` does that before the specs run, and `progress` is told.
 */
export const envoyDescriptors = async (
  progress: (line: string) => void = () => undefined,
): Promise<Uint8Array> => {
  const target = join(cacheFolder({ env: process.env }), 'envoy-api', `${apiVersion()}.binpb`);
  if (!existsSync(target)) {
    progress("reading Envoy's API from Go modules (once)");
    const set = FileDescriptorSet.encode({ file: withImports(await fetched()) }).finish();
    await mkdir(dirname(target), { recursive: true });
    const part = `${target}.${process.pid}.part`;
    await writeFile(part, set);
    await rename(part, target);
  }
  return await readFile(target);
};

const here = import.meta.dirname;
const { FileDescriptorProto, FileDescriptorSet } = descriptor;

/** The version of Envoy whose API it is: `1.40.0`. */
export const apiVersion = (): string => {
  const text = readFileSync(join(here, 'go.mod'), 'utf8');
  const found = /go-control-plane\/envoy v(\S+)/.exec(text)?.[1];
  if (found === undefined) throw new Error(`expected go-control-plane/envoy in ${here}/go.mod`);
  return found;
};

/** Every file that the code of the modules describes, by its name. */
const fetched = async (): Promise<ReadonlyMap<string, IFileDescriptorProto>> => {
  const output = await runGo({
    args: ['-C', here, 'mod', 'download', '-json'],
    task: "fetch Envoy's API",
    advice:
      'The messages that Headgate sends are compared with it. Install Go 1.26 or newer, which ' +
      'fetches the modules that spec/_support/envoy-api/go.mod names',
  });
  const folders = [...output.matchAll(/"Dir": "(.*)"/g)].map(([, folder = '']) => folder);
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.pb.go'))
      .map((name) => rawDescriptor(readFileSync(join(folder, name), 'utf8')))
      .filter((bytes) => bytes !== undefined)
      .map((bytes) => FileDescriptorProto.decode(bytes))
      .map((message): IFileDescriptorProto => FileDescriptorProto.toObject(message)),
  );
  return new Map(files.map((file) => [file.name ?? '', file]));
};

/** The files of Envoy and of xDS, and what they import; without what else lies in the modules. */
const withImports = (
  files: ReadonlyMap<string, IFileDescriptorProto>,
): readonly IFileDescriptorProto[] => {
  const found = new Set([...files.keys()].filter((name) => /^(envoy|xds)\//.test(name)));
  for (const name of found)
    for (const dependency of files.get(name)?.dependency ?? []) found.add(dependency);
  return [...found].map((name) => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`expected ${name} in a module of ${here}/go.mod`);
    return file;
  });
};
