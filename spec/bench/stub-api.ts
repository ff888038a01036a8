import { createServer, type ServerResponse } from 'node:http';

import { isKind, kindTable } from '../../src/kube/kind.ts';
import { apiPath } from '../../src/kube/reflect/api-path.ts';
import { listening } from '../_support/envoy/a-server.ts';
import type { Manifest } from '../_support/world/builders.ts';
import { stored, watchLine, type WatchType } from './watch-line.ts';

/** What looks like an API server to a control plane that only reads. */
export interface StubApi {
  readonly url: string;
  /** Writes an event to the watch of its kind: from here on the control plane can know it. */
  readonly say: (type: WatchType, object: Manifest) => void;
  readonly close: () => Promise<void>;
}

/**
 * Serves these objects over HTTP, as streaming lists that go on as watches; and Secrets one by one.
 *
 * It keeps the lists as bytes, so that it takes next to no time of the machine while a control plane
 * is measured. What it is told later is only said to those who watch.
 */
export const startStubApi = async (objects: readonly Manifest[]): Promise<StubApi> => {
  const lists = new Map<string, Buffer[]>();
  const secrets = new Map<string, object>();
  const watches = new Map<string, Set<ServerResponse>>();
  let version = 1;

  for (const [path, some] of Map.groupBy(objects, pathOf)) {
    const lines = some.map((object) => watchLine('ADDED', listedForm(object), version));
    lists.set(path, chunksOf(lines));
  }
  for (const object of objects) noteSecret(secrets, object, version);

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stub');
    if (searchParams.get('watch') === 'true') {
      const others = watches.get(pathname) ?? new Set();
      watches.set(pathname, others.add(response));
      response.once('close', () => others.delete(response));
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      const isList = searchParams.get('sendInitialEvents') === 'true';
      const end = Buffer.from(bookmark(version, true));
      if (isList) void written(response, [...(lists.get(pathname) ?? []), end]);
      return;
    }
    const found = pathname === '/version' ? { gitVersion: 'v1.36.0' } : secrets.get(pathname);
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ?? { kind: 'Status', code: 404, reason: 'NotFound' }));
  });
  const { port, close } = await listening(server);
  const sayAll = (path: string, line: Buffer | string): void => {
    for (const watch of watches.get(path) ?? []) watch.write(line);
  };
  const bookmarks = setInterval(() => {
    for (const path of watches.keys()) sayAll(path, bookmark(version, false));
  }, 20_000);
  return {
    url: `http://127.0.0.1:${port}`,
    say: (type, object) => {
      version += 1;
      noteSecret(secrets, object, version);
      sayAll(
        pathOf(object),
        Buffer.concat([watchLine(type, listedForm(object), version), newline]),
      );
    },
    close: async () => {
      clearInterval(bookmarks);
      await close();
    },
  };
};

const newline = Buffer.from('\n');

const pathOf = ({ kind }: Manifest): string => {
  if (!isKind(kind)) throw new Error(`expected ${kind} to be ours`);
  return apiPath(kindTable[kind]);
};

/** Of Secrets only the metadata is watched. */
const listedForm = (object: Manifest): Manifest =>
  object.kind === 'Secret'
    ? { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata: object.metadata }
    : object;

const noteSecret = (secrets: Map<string, object>, object: Manifest, version: number): void => {
  if (object.kind !== 'Secret') return;
  const { namespace, name } = object.metadata;
  secrets.set(
    `${apiPath(kindTable.Secret, String(namespace))}/${String(name)}`,
    stored(object, version),
  );
};

const bookmark = (version: number, endsList: boolean): string => {
  const annotations = endsList ? { 'k8s.io/initial-events-end': 'true' } : {};
  const metadata = { resourceVersion: String(version), annotations };
  return `${JSON.stringify({ type: 'BOOKMARK', object: { metadata } })}\n`;
};

/** About as much as a socket takes at once. */
const chunkBytes = 64 * 1024;

const chunksOf = (lines: readonly Buffer[]): Buffer[] => {
  const chunks: Buffer[] = [];
  let open: Buffer[] = [];
  let size = 0;
  for (const line of lines) {
    open.push(line, newline);
    size += line.length + 1;
    if (size < chunkBytes) continue;
    chunks.push(Buffer.concat(open));
    [open, size] = [[], 0];
  }
  return [...chunks, Buffer.concat(open)];
};

const written = async (response: ServerResponse, chunks: readonly Buffer[]): Promise<void> => {
  for (const chunk of chunks)
    if (chunk.length > 0 && !response.write(chunk))
      await new Promise((resolve) => response.once('drain', resolve));
};
