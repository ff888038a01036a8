import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The content of a Secret of type `kubernetes.io/tls`, as cert-manager writes it. */
export interface TlsSecret {
  readonly certificate: string;
  readonly privateKey: string;
  readonly ca: string;
}

/**
 * A folder as a kubelet mounts a Secret: the files are links through `..data`, which is swapped for
 * another folder when the Secret changes.
 */
export const mountedSecret = (folder: string, first: TlsSecret) => {
  let version = 0;
  const write = ({ certificate, privateKey, ca }: TlsSecret): void => {
    version += 1;
    mkdirSync(join(folder, `..${version}`), { recursive: true });
    const put = (name: string, text: string): void =>
      writeFileSync(join(folder, `..${version}`, name), text);
    put('tls.crt', certificate);
    put('tls.key', privateKey);
    put('ca.crt', ca);
    symlinkSync(`..${version}`, join(folder, '..data_tmp'));
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
  };
  write(first);
  for (const name of ['tls.crt', 'tls.key', 'ca.crt'])
    symlinkSync(join('..data', name), join(folder, name));
  return {
    files: {
      certificate: join(folder, 'tls.crt'),
      privateKey: join(folder, 'tls.key'),
      ca: join(folder, 'ca.crt'),
    },
    replace: write,
  };
};
