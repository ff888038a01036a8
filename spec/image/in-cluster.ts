import { equal } from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chartObjects, only } from '../_support/api-server/chart.ts';
import { listening } from '../_support/envoy/a-server.ts';
import { ask } from '../_support/envoy/ask.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { bringUp } from '../_support/test-cluster/test-cluster.ts';
import type { BuiltImage } from './built-image.ts';
import { envoyIsConfined, noLandlock } from './confinement.ts';
import { anEmptyDir, startContainer } from './container.ts';
import { manifests } from './world.ts';

const namespace = 'headgate';

const accountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Runs the image as the Pod of the chart, with its environment and its account, on a real API server. */
export const runsInCluster = async (image: BuiltImage): Promise<void> => {
  const cluster = await bringUp();
  const server = await listening(createServer((_, response) => response.end('hello')));
  const emptyDir = anEmptyDir();
  const account = mkdtempSync(join(tmpdir(), 'headgate-image-account-'));
  try {
    await installCrds(cluster);
    const objects = await chartObjects(namespace);
    await cluster.apply([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      ...objects,
    ]);
    const port = await freePort();
    await cluster.apply(manifests(port, server.port));
    const files = {
      token: await cluster.tokenFor(namespace, 'headgate'),
      'ca.crt': cluster.certificate,
      namespace,
      'no-landlock': noLandlock(),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(account, name), text);
    chmodSync(account, 0o755);
    const { hostname, port: apiPort } = new URL(cluster.url);
    const container = startContainer({
      ...{ image, emptyDir: emptyDir.path, adminPort: await freePort() },
      mount: [account, accountFolder],
      env: {
        ...environmentOf(only(objects, 'Deployment')),
        KUBERNETES_SERVICE_HOST: hostname,
        KUBERNETES_SERVICE_PORT: apiPort,
        HEADGATE_DRAIN_DELAY: '0',
        HEADGATE_ALLOW_ADDRESSES: 'loopback',
        HEADGATE_ENVOY_READY_ADDRESS: `127.0.0.1:${await freePort()}`,
      },
    });
    try {
      await eventually('it is ready', container.isReady);
      equal((await ask({ port, path: '/web/a' })).body, 'hello');
      await envoyIsConfined(container, `${accountFolder}/token`, `${accountFolder}/no-landlock`);
      process.kill(container.init(), 'SIGTERM');
      equal(await container.exited, 0);
    } catch (cause) {
      throw new Error(container.lines.slice(-30).join('\n'), { cause });
    } finally {
      await container.kill();
    }
  } finally {
    rmSync(account, { recursive: true, force: true });
    emptyDir.remove();
    await server.close();
    await cluster.stop();
  }
};

interface Deployment {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly env: readonly { readonly name: string; readonly value?: string }[];
        }[];
      };
    };
  };
}

/**
 * The variables of the container, with `$(NAME)` filled in from those before, as a kubelet does; the only one
 * without a value is the name of the namespace.
 */
const environmentOf = (object: unknown): Readonly<Record<string, string>> => {
  const [container] = (object as Deployment).spec.template.spec.containers;
  return (container?.env ?? []).reduce<Readonly<Record<string, string>>>(
    (known, { name, value = namespace }) => ({
      ...known,
      [name]: value.replaceAll(/\$\((\w+)\)/g, (written, one: string) => known[one] ?? written),
    }),
    {},
  );
};
