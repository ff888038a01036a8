import { randomUUID, sign } from 'node:crypto';

import { issuer } from './api-server.ts';

/** A service account as its tokens name it. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/**
 * A token of a service account that is valid for so many seconds.
 *
 * TokenRequest gives none for less than ten minutes, for which no spec can wait. This one is signed
 * with the key of the cluster, so the API server takes it as its own. A token that was used stays
 * valid for up to ten seconds longer, because the API server caches it.
 */
export const serviceAccountToken = (
  { namespace, name, uid }: ServiceAccount,
  seconds: number,
  privateKey: string,
): string => {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: [issuer],
    sub: `system:serviceaccount:${namespace}:${name}`,
    jti: randomUUID(),
    iat: now - 5,
    nbf: now - 5,
    exp: now + seconds - leeway,
    'kubernetes.io': { namespace, serviceaccount: { name, uid } },
  };
  const encoded = [{ alg: 'ES256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signed = encoded.join('.');
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
};

/** For so many seconds an API server tolerates clocks that differ. */
const leeway = 60;
