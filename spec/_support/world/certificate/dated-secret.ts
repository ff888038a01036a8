import { makeCertificate } from '../../../../src/edge/certificate/make-certificate.ts';
import { secretWith } from '../a-secret.ts';
import type { Manifest } from '../builders.ts';

/** A Secret with a new self-signed certificate for these names and dates. */
export const datedSecret = async (
  key: string,
  [notBefore, notAfter]: readonly [from: Date, to: Date],
  ...names: readonly [string, ...string[]]
): Promise<Manifest> => secretWith(key, await makeCertificate({ names, notBefore, notAfter }));
