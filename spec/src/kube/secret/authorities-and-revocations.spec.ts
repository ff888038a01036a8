import test from 'ava';

import { makeCertificate } from '../../../../src/edge/certificate/make-certificate.ts';
import type { Secret } from '../../../../src/kube/core/secret.ts';
import { decode } from '../../../../src/kube/decode.ts';
import type { Decoded } from '../../../../src/kube/kube-event.ts';
import { showProblem } from '../../../../src/problem/show-problem.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';

const aSecret = (stringData: Readonly<Record<string, string>>, type = 'kubernetes.io/tls') => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'tls', namespace: 'shop' },
  type,
  stringData,
});

const decoded = (raw: unknown): Decoded<'Secret'> => {
  const decoding = decode(raw);
  if (decoding._tag !== 'Decoded') throw new Error(`expected Decoded, found ${decoding._tag}`);
  return decoding.item as Decoded<'Secret'>;
};

const secretOf = (raw: unknown): Secret => {
  const { object, problems } = decoded(raw);
  if (object === undefined) throw new Error(problems.map(showProblem).join());
  return object;
};

const validity = { notBefore: new Date('2020-01-01'), notAfter: new Date('2020-01-02') };
const pair = await makeCertificate({ names: ['web.example'], ...validity });
const one = { certificate: pair.certificate, key: pair.privateKey };

const authority = anAuthority('root');
const list = authority.revoke(authority.sign({ names: ['gone.example'] }).certificate);

test('without a key certificates are those of authorities, in tls.crt or in ca.crt', (t) => {
  const other = anAuthority('other').certificate;
  for (const [data, authorities] of [
    [{ 'tls.crt': authority.certificate }, authority.certificate],
    [{ 'ca.crt': authority.certificate }, authority.certificate],
    [{ 'tls.crt': authority.certificate, 'ca.crt': other }, authority.certificate],
    [{ 'tls.crt': `x\n${authority.certificate}${other}` }, authority.certificate + other],
  ] as const) {
    const secret = secretOf(aSecret(data, 'Opaque'));
    t.deepEqual(Object.keys(secret).sort(), ['authorities', 'metadata', 'type']);
    t.is(secret.authorities, authorities);
  }
});

test('an authority of Istio is beside its certificate', (t) => {
  const identity = { 'cert-chain.pem': one.certificate, 'key.pem': one.key };
  const data = { ...identity, 'root-cert.pem': authority.certificate };
  t.like(secretOf(aSecret(data, 'istio.io/key-and-cert')), {
    certificateChain: one.certificate,
    authorities: authority.certificate,
  });
});

test('a Secret may hold revocations, alone or beside others, and ask for certificates', (t) => {
  t.is(secretOf(aSecret({ 'crl.pem': list }, 'Opaque')).revocations, list);
  const all = {
    'tls.crt': authority.certificate,
    'crl.pem': `x\r\n${list}`,
    cert_required: 'True',
  };
  t.like(secretOf(aSecret(all, 'Opaque')), {
    authorities: authority.certificate,
    revocations: list,
    certRequired: true,
  });
  t.is(secretOf(aSecret({ ...all, cert_required: 'no' }, 'Opaque')).certRequired, undefined);
  const both = { 'tls.crt': one.certificate, 'tls.key': one.key, 'crl.pem': list };
  t.like(secretOf(aSecret(both)), { certificateChain: one.certificate, revocations: list });
});

for (const [title, data, problem] of [
  [
    'revocations that are no PEM',
    { 'crl.pem': 'x' },
    'stringData.crl.pem: holds no PEM certificate revocation list (X509 CRL)',
  ],
  [
    'revocations that are cut off',
    { 'crl.pem': list.replace(/\n.{20}/, '\n') },
    'stringData.crl.pem: certificate revocation list 1 cannot be parsed',
  ],
  [
    'a certificate where there is a list',
    {
      'crl.pem': one.certificate.replaceAll('CERTIFICATE', 'X509 CRL').replace(/\n.{8}/, '\nBAAA'),
    },
    'stringData.crl.pem: certificate revocation list 1 cannot be parsed',
  ],
  [
    'an authority that cannot be parsed',
    { 'tls.crt': authority.certificate.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA') },
    'stringData.tls.crt: certificate 1 cannot be parsed',
  ],
] as const)
  test(`an Opaque Secret is refused with ${title}`, (t) => {
    const { object, problems } = decoded(aSecret(data, 'Opaque'));
    t.is(object, undefined);
    t.deepEqual(problems.map(showProblem), [`Secret shop/tls: ${problem}`]);
  });
