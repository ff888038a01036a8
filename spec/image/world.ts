import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { listening } from '../_support/envoy/a-server.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import type { BuiltImage } from './built-image.ts';
import { anEmptyDir, startContainer, type Container } from './container.ts';

/** A container that serves one back end, and all that is needed to look at it. */
export interface World {
  readonly image: BuiltImage;
  readonly container: () => Container;
  /** Where Envoy serves. */
  readonly port: number;
  readonly backEnd: BackEnd;
  /** Another container in the same Pod. */
  readonly restart: () => Promise<void>;
  readonly teardown: (end: () => void) => void;
}

/** Answers `hello` at once; below `/slow`, when told to. */
export interface BackEnd {
  readonly isAsked: () => boolean;
  readonly answer: () => void;
}

/** Starts a container of an image and waits until it is ready; `end` ends everything. */
export const aWorld = async (image: BuiltImage) => {
  const endings: (() => void | Promise<void>)[] = [];
  const teardown = (end: () => void | Promise<void>): void => void endings.push(end);
  const end = async (): Promise<void> => {
    for (const one of endings.toReversed()) await one();
  };
  const waiting: ServerResponse[] = [];
  const server = await listening(
    createServer((request, response) => {
      if (request.url?.endsWith('/slow') === true) waiting.push(response);
      else response.end('hello');
    }),
  );
  teardown(server.close);
  const folder = mkdtempSync(join(tmpdir(), 'headgate-image-config-'));
  teardown(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, 'config');
  mkdirSync(config, { mode: 0o755 });
  const [port, adminPort] = [await freePort(), await freePort()];
  writeFileSync(join(config, 'web.yaml'), manifests(port, server.port));
  const emptyDir = anEmptyDir();
  teardown(emptyDir.remove);
  let current: Container | undefined;
  const container = (): Container => {
    if (current === undefined) throw new Error('expected a container');
    return current;
  };
  const restart = async (): Promise<void> => {
    const started = startContainer({
      ...{ image, emptyDir: emptyDir.path, adminPort },
      mount: [config, '/etc/config'],
      env: { HEADGATE_CONFIG_DIR: '/etc/config', HEADGATE_DRAIN_TIME: '10' },
    });
    current = started;
    teardown(started.kill);
    await eventually('the container is ready', started.isReady).catch((cause: unknown) => {
      throw new Error(started.lines.join('\n'), { cause });
    });
  };
  const backEnd: BackEnd = {
    isAsked: () => waiting.length > 0,
    answer: () => {
      for (const response of waiting.splice(0)) response.end('late');
    },
  };
  try {
    await restart();
  } catch (error) {
    await end();
    throw error;
  }
  return { image, container, port, backEnd, restart, teardown, end };
};

/** A Listener on this port, and everything below `/web/` for this back end. */
export const manifests = (port: number, backEnd: number): string => `
apiVersion: getambassador.io/v3alpha1
kind: Listener
metadata: { name: http }
spec:
  { port: ${port}, protocol: HTTP, securityModel: XFP, hostBinding: { namespace: { from: ALL } } }
---
apiVersion: getambassador.io/v3alpha1
kind: Host
metadata: { name: all }
spec: { hostname: '*', requestPolicy: { insecure: { action: Route } } }
---
apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata: { name: web }
spec: { hostname: '*', prefix: /web/, service: '127.0.0.1:${backEnd}', timeout_ms: 30000 }
`;
