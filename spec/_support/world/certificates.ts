import { makeCertificate, type KeyPair } from '../../../src/edge/certificate/make-certificate.ts';

/** A self-signed certificate that is valid today. */
export const aCertificate = async (...names: readonly [string, ...string[]]): Promise<KeyPair> =>
  await makeCertificate({
    names,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 86_400_000),
  });
