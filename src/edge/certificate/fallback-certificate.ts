import { decode } from '../../kube/decode.ts';
import type { Decoded } from '../../kube/kube-event.ts';
import { fallbackSecretName } from '../../kube/secret/fallback-secret.ts';
import { selfSigned } from './self-signed.ts';

/** The self-signed certificate kept in a file, as the Secret that Hosts can refer to. */
export const fallbackCertificate = async (
  file: string,
  namespace: string,
): Promise<Decoded<'Secret'>> => {
  const { certificate, privateKey } = await selfSigned(file);
  const decoded = decode({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: fallbackSecretName, namespace },
    type: 'kubernetes.io/tls',
    data: {
      'tls.crt': Buffer.from(certificate).toString('base64'),
      'tls.key': Buffer.from(privateKey).toString('base64'),
    },
  });
  if (decoded._tag !== 'Decoded') throw new Error(`expected a Secret, got ${decoded._tag}`);
  return decoded.item as Decoded<'Secret'>;
};
