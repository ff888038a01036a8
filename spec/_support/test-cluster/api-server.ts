import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { KeyPair } from '../../../src/edge/certificate/make-certificate.ts';
import { auditFlags } from './audit-log.ts';
import { serverProcess, type ServerProcess } from './server-process.ts';
import { testBinary } from './test-binaries.ts';

/** How to run the API server. */
export interface ApiServerOptions {
  readonly folder: string;
  readonly etcdUrl: string;
  readonly address: string;
  readonly port: number;
  /** The certificate of the server. */
  readonly certificate: KeyPair;
  /** The key that signs the tokens of service accounts. */
  readonly accounts: { readonly publicKey: string; readonly privateKey: string };
  readonly adminToken: string;
  readonly flags: readonly string[];
  readonly isAudited: boolean;
  readonly isReady: () => Promise<boolean>;
  readonly changed: () => void;
}

/** The issuer of the tokens of service accounts, and who they are for. */
export const issuer = 'https://kubernetes.default.svc.cluster.local';

/** A kube-apiserver with RBAC and without controllers, not started yet. */
export const apiServer = async (options: ApiServerOptions): Promise<ServerProcess> => {
  const { folder, certificate, accounts, adminToken, isReady, changed } = options;
  const file = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  return serverProcess({
    name: 'kube-apiserver',
    program: await testBinary('kube-apiserver'),
    args: [
      `--etcd-servers=${options.etcdUrl}`,
      `--bind-address=${options.address}`,
      `--secure-port=${options.port}`,
      // It announces nothing: a network of one machine has no default route to find an address by.
      ...['--advertise-address=192.0.2.1', '--endpoint-reconciler-type=none'],
      `--tls-cert-file=${file('server.crt', certificate.certificate)}`,
      `--tls-private-key-file=${file('server.key', certificate.privateKey)}`,
      `--service-account-key-file=${file('accounts.pub', accounts.publicKey)}`,
      `--service-account-signing-key-file=${file('accounts.key', accounts.privateKey)}`,
      `--service-account-issuer=${issuer}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--authorization-mode=RBAC',
      `--token-auth-file=${file('tokens.csv', `${adminToken},admin,admin,"system:masters"\n`)}`,
      // No controller makes the service account `default` of a namespace here.
      '--disable-admission-plugins=ServiceAccount',
      ...(options.isAudited ? auditFlags(folder) : []),
      ...options.flags,
    ],
    logFile: join(folder, 'kube-apiserver.log'),
    isReady,
    changed,
  });
};
