import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { inspect } from 'node:util';

import test from 'ava';

import { makeCertificate } from '../../../../src/edge/certificate/make-certificate.ts';
import type { Secret } from '../../../../src/kube/core/secret.ts';
import { decode } from '../../../../src/kube/decode.ts';
import type { Decoded } from '../../../../src/kube/kube-event.ts';
import { showProblem } from '../../../../src/problem/show-problem.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const aSecret = (data: Readonly<Record<string, string>>, type = 'kubernetes.io/tls') => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'tls', namespace: 'shop' },
  type,
  data: Object.fromEntries(Object.entries(data).map(([name, text]) => [name, base64(text)])),
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

const aPair = async () => {
  const validity = { notBefore: new Date('2020-01-01'), notAfter: new Date('2020-01-02') };
  const pair = await makeCertificate({ names: ['web.example'], ...validity });
  return { certificate: pair.certificate, key: pair.privateKey };
};

const pkcs8 = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();

const one = await aPair();
const other = await aPair();
const keyOfOne = createPrivateKey(one.key);

test('keeps the certificate and the key, and nothing else', (t) => {
  const secret = secretOf(aSecret({ 'tls.crt': one.certificate, 'tls.key': one.key, more: 'x' }));

  t.deepEqual(Object.keys(secret).sort(), ['certificateChain', 'metadata', 'privateKey', 'type']);
  t.is(secret.certificateChain, one.certificate);
  t.is(secret.privateKey?.reveal(), one.key);
});

test('a key is shown as its handle, which is keyed by the certificate', (t) => {
  const secret = secretOf(aSecret({ 'tls.crt': one.certificate, 'tls.key': one.key }));
  const handle = createHmac('sha256', one.certificate).update(one.key).digest('hex');

  t.is(secret.privateKey?.handle, handle);
  t.true(JSON.stringify(secret).includes(`"privateKey":{"handle":"${handle}"}`));
  t.false(inspect(secret, { depth: 9, showHidden: true }).includes('PRIVATE KEY'));
});

test('reads certificates however they are wrapped', (t) => {
  const [, body = ''] = /-----\n([^-]+)\n-----/.exec(one.certificate) ?? [];
  const untidy = [
    'subject=CN=web.example',
    '-----BEGIN CERTIFICATE-----',
    ...(body.replaceAll('\n', '').match(/.{1,40}/g) ?? []),
    '-----END CERTIFICATE-----',
    other.certificate.trim(),
  ].join('\r\n');
  const secret = secretOf(
    aSecret({ 'tls.crt': untidy, 'tls.key': one.key.replaceAll('\n', '\r\n') }),
  );

  t.is(secret.certificateChain, one.certificate + other.certificate);
  t.is(secret.privateKey?.reveal(), one.key);
});

test('reads the traditional form of a key', (t) => {
  const key = keyOfOne.export({ type: 'sec1', format: 'pem' }).toString();

  t.is(
    secretOf(aSecret({ 'tls.crt': one.certificate, 'tls.key': key })).privateKey?.reveal(),
    one.key,
  );
});

test('reads what Istio writes, and stringData over data', (t) => {
  const pair = { 'cert-chain.pem': one.certificate, 'key.pem': one.key };
  const { data: _, ...rest } = aSecret({ 'tls.crt': 'x' });

  t.is(secretOf(aSecret(pair, 'istio.io/key-and-cert')).certificateChain, one.certificate);
  t.is(
    secretOf({ ...rest, stringData: { 'tls.crt': one.certificate, 'tls.key': one.key } })
      .certificateChain,
    one.certificate,
  );
});

test('an Opaque Secret may be no certificate', (t) => {
  t.deepEqual(decoded(aSecret({ password: 'hunter2' }, 'Opaque')), {
    key: 'shop/tls',
    object: { metadata: { name: 'tls', namespace: 'shop', labels: {} }, type: 'Opaque' },
    problems: [],
  });
});

test('an authority that cannot be served can be trusted, and its key is not kept', (t) => {
  const { certificate, privateKey } = anAuthority('signs');
  for (const type of ['kubernetes.io/tls', 'Opaque'])
    t.deepEqual(secretOf(aSecret({ 'tls.crt': certificate, 'tls.key': privateKey }, type)), {
      metadata: { labels: {}, name: 'tls', namespace: 'shop' },
      type,
      authorities: certificate,
      unservable:
        'has an EC key that is not for digital signatures (key usage); it can only be trusted',
    });
});

test('of a Secret of another type its type is kept, and nothing of what it holds', (t) => {
  const type = 'bootstrap.kubernetes.io/token';
  t.deepEqual(decoded(aSecret({ 'tls.crt': one.certificate, 'tls.key': one.key }, type)), {
    key: 'shop/tls',
    object: { metadata: { name: 'tls', namespace: 'shop', labels: {} }, type },
    problems: [],
  });
});

test('a certificate may have expired: what time it is, others know', (t) => {
  t.deepEqual(decoded(aSecret({ 'tls.crt': one.certificate, 'tls.key': one.key })).problems, []);
});

const isRefused = test.macro({
  exec: (t, data: Readonly<Record<string, string>>, problem: string) => {
    const { object, problems } = decoded(aSecret(data));
    t.is(object, undefined);
    t.deepEqual(problems.map(showProblem), [`Secret shop/tls: ${problem}`]);
  },
  title: (name = '') => `refuses ${name}`,
});

const encrypted = keyOfOne
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
  .toString();
const rsa = pkcs8(generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey);
const koblitz = pkcs8(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).privateKey);
const edwards = pkcs8(generateKeyPairSync('ed448').privateKey);
const crt = { 'tls.crt': one.certificate };
const garbled = one.certificate.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA');

test('no certificate', isRefused, { 'tls.key': one.key }, 'data.tls.crt: is missing');
test('an empty one', isRefused, { 'tls.crt': '', 'tls.key': '' }, 'data.tls.crt: is missing');
test('no key', isRefused, crt, 'data.tls.key: is missing');
test(
  'text that is no certificate',
  isRefused,
  { 'tls.crt': 'hello', 'tls.key': one.key },
  'data.tls.crt: holds no PEM certificate',
);
test(
  'a certificate whose bytes are damaged',
  isRefused,
  { 'tls.crt': one.certificate + garbled, 'tls.key': one.key },
  'data.tls.crt: certificate 2 cannot be parsed',
);
test(
  'a chain without end',
  isRefused,
  { 'tls.crt': one.certificate.repeat(11), 'tls.key': one.key },
  'data.tls.crt: holds more than 10 certificates',
);
test(
  'more than 64 KiB',
  isRefused,
  { 'tls.crt': ' '.repeat(65_537), 'tls.key': one.key },
  'data.tls.crt: is longer than 65536 characters',
);
test(
  'text that is no key',
  isRefused,
  { ...crt, 'tls.key': 'hello' },
  'data.tls.key: holds no PEM private key that can be parsed',
);
test(
  'the key of another certificate',
  isRefused,
  { ...crt, 'tls.key': other.key },
  'data.tls.key: does not belong to the certificate',
);
test(
  'an encrypted key',
  isRefused,
  { ...crt, 'tls.key': encrypted },
  'data.tls.key: is encrypted; Envoy needs it in the clear',
);
test(
  'a short RSA key',
  isRefused,
  { ...crt, 'tls.key': rsa },
  'data.tls.key: is an RSA key of 1024 bits; at least 2048 are needed',
);
test(
  'a curve Envoy does not know',
  isRefused,
  { ...crt, 'tls.key': koblitz },
  'data.tls.key: is an EC key on secp256k1; P-256, P-384 or P-521 is needed',
);
test(
  'an Ed448 key',
  isRefused,
  { ...crt, 'tls.key': edwards },
  'data.tls.key: is a key of type ed448; RSA, EC or Ed25519 is needed',
);

test('refuses what is not base64, and repeats none of it', (t) => {
  const raw = { ...aSecret({}), data: { 'tls.crt': '<secret>', 'tls.key': '<secret>' } };

  t.deepEqual(decoded(raw).problems.map(showProblem), [
    'Secret shop/tls: data.tls.crt: is not base64',
  ]);
});
