import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ExecutionContext } from 'ava';

import { freePort } from '../process/free-port.ts';
import { aCertificate } from '../world/certificates.ts';
import { accountsOf, type Accounts } from './accounts.ts';
import { apiRequests, type ApiRequests } from './api-request.ts';
import { apiServer } from './api-server.ts';
import { readAuditLog, type AuditEntry } from './audit-log.ts';
import { etcd, type Etcd } from './etcd.ts';
import { startGuard } from './guard.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { kubectl, type KubectlResult } from './kubectl.ts';
import type { ServerProcess } from './server-process.ts';

/** A real kube-apiserver on a real etcd, without controllers and without nodes. */
export interface TestCluster extends Accounts {
  readonly url: string;
  /** The certificate of the API server, PEM. */
  readonly certificate: string;
  /** The path of a kubeconfig file of the administrator. */
  readonly kubeconfig: string;
  /** A folder of its own, which is removed with it. */
  readonly folder: string;
  readonly kubectl: (args: readonly string[], input?: string) => Promise<KubectlResult>;
  /** Applies manifests, as YAML or as objects; fails when the API server refuses one. */
  readonly apply: (manifests: string | readonly unknown[]) => Promise<void>;
  /** Makes a namespace and gives its name, which begins with the title of the test. */
  readonly namespaceFor: (t: Pick<ExecutionContext, 'title'>) => Promise<string>;
  /** Sends one request as the administrator. */
  readonly request: ApiRequests['send'];
  readonly apiServer: ServerProcess;
  readonly etcd: Etcd;
  /** Goes back to a backup, as an operator does after a disaster: both servers start again. */
  readonly restore: (backup: string) => Promise<void>;
  /** What the API server was asked, when `isAudited`. */
  readonly auditLog: () => readonly AuditEntry[];
  readonly stop: () => Promise<void>;
}

/** What differs from one test cluster to another. */
export interface TestClusterOptions {
  readonly apiServerFlags?: readonly string[];
  readonly isAudited?: boolean;
  /** The address of the API server. */
  readonly address?: string;
}

/** Starts a cluster that ends with the test. */
export const startTestCluster = async (
  t: Pick<ExecutionContext, 'teardown'>,
  options: TestClusterOptions = {},
): Promise<TestCluster> => {
  const cluster = await bringUp(options);
  t.teardown(cluster.stop);
  return cluster;
};

/** Starts a cluster that runs until it is stopped or this process ends. */
export const bringUp = async ({
  apiServerFlags: flags = [],
  isAudited = false,
  address = '127.0.0.1',
}: TestClusterOptions = {}): Promise<TestCluster> => {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-cluster-'));
  const guard = startGuard(folder);
  const changed = (): void =>
    guard.watch([store.pid(), server?.pid()].filter((pid) => pid !== undefined));
  const store = await etcd(folder, changed);
  const port = await freePort();
  const url = `https://${address}:${port}`;
  const certificate = await aCertificate(address, 'localhost');
  const accounts = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const adminToken = randomUUID();
  const requests = apiRequests(url, certificate.certificate, adminToken);
  let server: ServerProcess | undefined;
  const running = (server = await apiServer({
    ...{ folder, etcdUrl: store.url, address, port, certificate, accounts, adminToken },
    ...{ flags, isAudited, changed },
    isReady: async () => (await requests.send({ path: '/readyz' })).status === 200,
  }));
  const stop = async (): Promise<void> => {
    await Promise.all([running.kill(), store.kill()]);
    await requests.close();
    await guard.end();
  };
  try {
    await store.start();
    await running.start();
  } catch (error) {
    await stop();
    throw error;
  }
  const connection = { url, certificate: certificate.certificate };
  const kubeconfig = writeKubeconfig(join(folder, 'admin.kubeconfig'), {
    ...connection,
    user: { token: adminToken },
  });
  const run = async (args: readonly string[], input?: string): Promise<KubectlResult> =>
    await kubectl(kubeconfig, args, input);
  const apply = async (manifests: string | readonly unknown[]): Promise<void> => {
    const input =
      typeof manifests === 'string'
        ? manifests
        : JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests });
    const args = ['apply', '--server-side', '--force-conflicts', '-f', '-'];
    const { code, stderr } = await run(args, input);
    if (code !== 0) throw new Error(`kubectl apply ended with ${code}:\n${stderr}`);
  };
  return {
    ...connection,
    ...accountsOf({ server: connection, folder, request: requests.send, key: accounts.privateKey }),
    ...{ kubeconfig, folder, kubectl: run, apply, stop },
    namespaceFor: async ({ title }) => {
      const name = `${slug(title)}-${randomUUID().slice(0, 6)}`;
      await apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }]);
      return name;
    },
    request: requests.send,
    apiServer: running,
    etcd: store,
    restore: async (backup) => {
      await Promise.all([running.kill(), store.kill()]);
      await store.restore(backup);
      await store.start();
      await running.start();
    },
    auditLog: () => readAuditLog(folder),
  };
};

/** Letters, digits and dashes, short enough for a namespace. */
const slug = (title: string): string =>
  `a-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`.slice(0, 50).replace(/-$/, '');
