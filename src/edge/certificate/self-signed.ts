import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import type { KeyPair } from './make-certificate.ts';
import { makeCertificate } from './make-certificate.ts';

/**
 * The self-signed certificate for localhost kept in this file; made when there is none that is good
 * for another month.
 *
 * It stays the same from run to run, so that a user has to trust it only once. Only this user can
 * read the file.
 */
export const selfSigned = async (path: string, now: Date = new Date()): Promise<KeyPair> => {
  const kept = read(path);
  if (kept !== undefined && isGood(kept, now)) return kept;
  mkdirSync(dirname(path), { recursive: true });
  const made = await makeCertificate({
    names: ['localhost', '*.localhost', '127.0.0.1', '::1'],
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + 365 * day),
  });
  writeFileSync(`${path}.part`, made.certificate + made.privateKey, { mode: 0o600 });
  renameSync(`${path}.part`, path);
  return made;
};

const day = 24 * 60 * 60 * 1000;

/** Certificate and key are in one file, so that they are replaced together. */
const read = (path: string): KeyPair | undefined => {
  try {
    const [certificate, privateKey] =
      readFileSync(path, 'utf8').match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----\n/g) ?? [];
    return certificate === undefined || privateKey === undefined
      ? undefined
      : { certificate, privateKey };
  } catch {
    return undefined;
  }
};

const isGood = ({ certificate, privateKey }: KeyPair, now: Date): boolean => {
  try {
    const parsed = new X509Certificate(certificate);
    const left = parsed.validToDate.getTime() - now.getTime();
    return left > 30 * day && parsed.checkPrivateKey(createPrivateKey(privateKey));
  } catch {
    return false;
  }
};
