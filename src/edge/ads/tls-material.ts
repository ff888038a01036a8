import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

import { pemBlocks } from '../../kube/secret/pem.ts';
import { messageOf } from '../message-of.ts';
import type { Validity } from '../../kube/secret/certificate-standing.ts';

/** The files a TLS server is made of; all are PEM. */
export interface TlsFiles {
  /** The server's certificate, and those between it and its root. */
  readonly certificate: string;
  readonly privateKey: string;
  /** Who may have signed the certificate of a client; several during a change of the CA. */
  readonly ca: string;
}

/** What was in the files, checked. */
export interface TlsMaterial {
  readonly certificate: Buffer;
  readonly privateKey: Buffer;
  readonly ca: Buffer;
  readonly server: Validity;
  /** Of the CA certificate that lasts longest: after it no client can be trusted. */
  readonly authority: Validity;
}

/** Reads the files; rejects with a sentence that names the file when nobody could be served. */
export const readTlsMaterial = async (files: TlsFiles): Promise<TlsMaterial> => {
  const [certificate, privateKey, ca] = await Promise.all([
    read(files.certificate),
    read(files.privateKey),
    read(files.ca),
  ]);
  const [leaf] = certificatesIn(certificate, files.certificate);
  const key = parsed(files.privateKey, 'a private key in PEM', () => createPrivateKey(privateKey));
  if (!leaf.checkPrivateKey(key))
    throw new Error(
      `${files.privateKey} is not the key of the certificate in ${files.certificate}`,
    );
  const [first, ...others] = certificatesIn(ca, files.ca);
  const authority = others.map(validityOf).reduce(later, validityOf(first));
  parsed(files.certificate, 'a certificate that OpenSSL takes', () =>
    createSecureContext({ cert: certificate, key: privateKey, ca }),
  );
  return { certificate, privateKey, ca, server: validityOf(leaf), authority };
};

/** Whether the same was in the files. */
export const isSameMaterial = (a: TlsMaterial, b: TlsMaterial): boolean =>
  a.certificate.equals(b.certificate) && a.privateKey.equals(b.privateKey) && a.ca.equals(b.ca);

const read = async (path: string): Promise<Buffer> =>
  await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'there is no such file' : cause.message;
    throw new Error(`cannot read ${path}: ${reason}`, { cause });
  });

const certificatesIn = (pem: Buffer, path: string): NonEmpty<X509Certificate> => {
  const [first, ...others] = pemBlocks(pem.toString('latin1'), 'CERTIFICATE').map((block) =>
    parsed(path, 'certificates in PEM', () => new X509Certificate(block)),
  );
  if (first === undefined) throw new Error(`expected a certificate in PEM in ${path}, found none`);
  return [first, ...others];
};

type NonEmpty<A> = [A, ...A[]];

const parsed = <A>(path: string, expected: string, parse: () => A): A => {
  try {
    return parse();
  } catch (cause) {
    throw new Error(`expected ${expected} in ${path}: ${messageOf(cause)}`, { cause });
  }
};

const later = (a: Validity, b: Validity): Validity => (b.to > a.to ? b : a);

const validityOf = ({ validFromDate, validToDate }: X509Certificate): Validity => ({
  from: validFromDate.getTime(),
  to: validToDate.getTime(),
});
