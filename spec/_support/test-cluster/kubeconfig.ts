import { writeFileSync } from 'node:fs';

/** Which user connects to which API server. */
export interface Kubeconfig {
  readonly url: string;
  /** The certificate of the server, PEM. */
  readonly certificate: string;
  /** A token, or the file that holds one and is read again when it changes. */
  readonly user: { readonly token: string } | { readonly tokenFile: string };
  readonly namespace?: string;
}

/** Writes a kubeconfig file that only this user can read, and gives its path. */
export const writeKubeconfig = (
  path: string,
  { url, certificate, user, namespace }: Kubeconfig,
): string => {
  const name = 'test-cluster';
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [
      {
        name,
        cluster: {
          server: url,
          'certificate-authority-data': Buffer.from(certificate).toString('base64'),
        },
      },
    ],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name, ...(namespace && { namespace }) } }],
  };
  writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
  return path;
};
