import { makeCertificate } from '../../../../src/edge/certificate/make-certificate.ts';
import type { Manifest } from '../builders.ts';

/** A Secret with a new self-signed certificate for these names and dates. */
export const datedSecret = async (
  key: string,
  [notBefore, notAfter]: readonly [from: Date, to: Date],
  ...names: readonly [string, ...string[]]
): Promise<Manifest> => {
  const [namespace, name] = key.split('/');
  const { certificate, privateKey } = await makeCertificate({ names, notBefore, notAfter });
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { namespace, name },
    stringData: { 'tls.crt': certificate, 'tls.key': privateKey },
  };
};
