import type { Manifest } from './builders.ts';

/** Two self-signed certificates with their keys, good for nothing but specs. */
const pairs = {
  one: {
    certificate: `-----BEGIN CERTIFICATE-----
MIIB3DCCAYKgAwIBAgIUX1VIZt7CD1fuQs7bUy3AIR29YP0wCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLb25lLmV4YW1wbGUwIBcNMjYxMTMwMjEwNzE1WhgPMjEyNjEx
MDYyMTA3MTVaMBYxFDASBgNVBAMMC29uZS5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEn/tyTJUezGuZvzct1z9ftIO+UJ/bmxL/YoPNzW4XSDJu7lSr
BtCzzXPUW6MdTFQhucAaW13cNtQ/1J1BbpWqyKOBqzCBqDAdBgNVHQ4EFgQUpbrt
obIgzar+R/+Pqt90V/lD6d8wHwYDVR0jBBgwFoAUpbrtobIgzar+R/+Pqt90V/lD
6d8wDwYDVR0TAQH/BAUwAwEB/zBVBgNVHREETjBMggtvbmUuZXhhbXBsZYINKi5v
bmUuZXhhbXBsZYIJYS5leGFtcGxlggsqLmEuZXhhbXBsZYIJYi5leGFtcGxlggsq
LmIuZXhhbXBsZTAKBggqhkjOPQQDAgNIADBFAiA7ODYeaUGSGZyvt8pZryC7hQNd
ihIffhY5EP8vCDdqOwIhAPheRBmn/Gr/dlS4js0c2SNK6s/6CiuS83MHw/VuONqv
-----END CERTIFICATE-----
`,
    key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2/BURy7tjWdLXPWU
t/RyJdmM3GIU0BXuUxz7cpNpcqShRANCAASf+3JMlR7Ma5m/Ny3XP1+0g75Qn9ub
Ev9ig83NbhdIMm7uVKsG0LPNc9Rbox1MVCG5wBpbXdw21D/UnUFularI
-----END PRIVATE KEY-----
`,
  },
  two: {
    certificate: `-----BEGIN CERTIFICATE-----
MIIBqzCCAVCgAwIBAgIUE+3esakM8/YHAGwlEqzBiuT93mYwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLdHdvLmV4YW1wbGUwIBcNMjYxMTIzMDE1OTEzWhgPMjEyNjEw
MzAwMTU5MTNaMBYxFDASBgNVBAMMC3R3by5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAE7mWajbHfcOJo/QDXjyBYNDXWg2HwlCH7BKe+NT+DX2AiS+EJ
H9CD+V5puQgrKRHAhpj01e8XfCYUBcXHcmmv8qN6MHgwHQYDVR0OBBYEFOeSYfg7
J3wmbOb8ZEXGBLG0Cpa4MB8GA1UdIwQYMBaAFOeSYfg7J3wmbOb8ZEXGBLG0Cpa4
MA8GA1UdEwEB/wQFMAMBAf8wJQYDVR0RBB4wHIILdHdvLmV4YW1wbGWCDSoudHdv
LmV4YW1wbGUwCgYIKoZIzj0EAwIDSQAwRgIhAOHT9MXQG9R8EkdLDw+4NeOxdLtz
seitJCyJFIZ7vrn/AiEAgJUcirM1Uf/jN9bq8xJpyGw4SGWV0/hQ1SDJcK61BtA=
-----END CERTIFICATE-----
`,
    key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgFqUgPca/azo0kdda
HhNSSd/tzS8ZME5Cne2zxpRL+7mhRANCAATuZZqNsd9w4mj9ANePIFg0NdaDYfCU
IfsEp741P4NfYCJL4Qkf0IP5Xmm5CCspEcCGmPTV7xd8JhQFxcdyaa/y
-----END PRIVATE KEY-----
`,
  },
} as const;

/** Which certificate: of `one.example`, `a.example` and `b.example`, or of `two.example`; and of names below them. */
export type Pair = keyof typeof pairs;

/** The certificate of a pair, PEM. */
export const certificateOf = (pair: Pair): string => pairs[pair].certificate;

/** A Secret with a certificate and its key. */
export const aSecret = (key: string, pair: Pair = 'one'): Manifest => {
  const { certificate, key: privateKey } = pairs[pair];
  return secretWith(key, { certificate, privateKey });
};

/** A Secret with these, PEM. */
export const secretWith = (
  key: string,
  { certificate, privateKey }: { readonly certificate: string; readonly privateKey: string },
): Manifest => {
  const [namespace, name] = key.split('/');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/tls',
    metadata: { namespace, name },
    stringData: { 'tls.crt': certificate, 'tls.key': privateKey },
  };
};
