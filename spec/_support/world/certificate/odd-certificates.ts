import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';

import type { Signed } from '../an-authority.ts';
import { anRsaKey, anRsaKeyOfThree } from './an-rsa-key.ts';
import { bits, der, identifier, integer, octets, pem, sequence } from './der.ts';

/** A certificate of any form, good or bad, with its key. */
interface Form {
  readonly key?: KeyObject;
  /** The key in the certificate, where it is another one. */
  readonly shown?: KeyObject;
  /** The days of the first and the last second, `YYMMDD`. */
  readonly days?: readonly [from: string, until: string];
  /** The version less one. */
  readonly version?: bigint;
  readonly subject?: readonly Buffer[];
  readonly extensions?: readonly Buffer[];
}

const ec = (namedCurve = 'P-256', paramEncoding: 'named' | 'explicit' = 'named'): KeyObject =>
  generateKeyPairSync('ec', { namedCurve, paramEncoding }).privateKey;

const rsa = (modulusLength: number): KeyObject =>
  generateKeyPairSync('rsa', { modulusLength }).privateKey;

const attribute = (type: string, value: string): Buffer =>
  der(0x31, sequence(identifier(type), octets(value, 0x0c)));

const extension = (id: string, value: Buffer): Buffer => sequence(identifier(id), octets(value));

const commonName = attribute('550403', 'x.example');
const organisation = attribute('55040a', 'x');
const dnsName = octets('x.example', 0x82);

const alternatives = (...names: readonly Buffer[]): Buffer =>
  extension('551d11', sequence(...names));

/** The bits of a key usage, the first one first. */
const usage = (...bytes: readonly number[]): Buffer =>
  extension('551d0f', der(0x03, Buffer.from([0, ...bytes])));

const features = (...numbers: readonly bigint[]): Buffer =>
  extension('2b06010505070118', sequence(...numbers.map(integer)));

const issuer = ec();
const [curve, other] = [ec(), ec()];
const jwk = (key: KeyObject) => key.export({ format: 'jwk' });

/** An EC key whose secret number is that of another one. */
const mixed = createPrivateKey({ key: { ...jwk(curve), d: jwk(other).d ?? '' }, format: 'jwk' });

const signed = ({
  key = curve,
  shown = key,
  subject = [commonName],
  extensions = [alternatives(dnsName)],
  days = ['260101', '490101'],
  version = 2n,
}: Form): Signed => {
  const ecdsaWithSha256 = sequence(identifier('2a8648ce3d040302'));
  const body = sequence(
    der(0xa0, integer(version)),
    integer(1n),
    ecdsaWithSha256,
    sequence(commonName),
    sequence(...days.map((day) => octets(`${day}000000Z`, 0x17))),
    sequence(...subject),
    createPublicKey(shown).export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))]),
  );
  const certificate = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, issuer)));
  return {
    certificate: pem('CERTIFICATE', certificate),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};

const plain = alternatives(dnsName);

/** What is wrong with a form is said of the certificate or of the key. */
type Told = { readonly crt: string } | { readonly key: string };

const noName: Told = {
  crt: 'is for no name: it has no common name, and no DNS name, IP address or URI',
};
const noSigning: Told = { crt: 'has an EC key that is not for digital signatures (key usage)' };
const longExponent: Told = { crt: 'has an RSA key whose exponent is longer than 33 bits' };
const damaged: Told = { key: 'is damaged: its secret part does not belong to its public part' };

const forms: Readonly<Record<string, readonly [form: Form, told?: Told]>> = {
  'a common name and a DNS name': [{}],
  'a DNS name alone': [{ subject: [organisation] }],
  'a common name alone': [{ extensions: [] }],
  'an IP address alone': [
    { subject: [], extensions: [alternatives(octets(Buffer.from([10, 0, 0, 1]), 0x87))] },
  ],
  'a URI alone': [{ subject: [], extensions: [alternatives(octets('spiffe://x/y', 0x86))] }],
  'an e-mail address beside a common name': [
    { extensions: [alternatives(octets('a@x.example', 0x81))] },
  ],
  'an e-mail address alone': [
    { subject: [organisation], extensions: [alternatives(octets('a@x.example', 0x81))] },
    noName,
  ],
  'a registered identifier alone': [
    { subject: [organisation], extensions: [alternatives(octets(Buffer.from([0x2a, 3]), 0x88))] },
    noName,
  ],
  'an organisation alone': [{ subject: [organisation], extensions: [] }, noName],
  'no subject and no name': [{ subject: [], extensions: [] }, noName],
  'an EC key for digital signatures': [{ extensions: [plain, usage(0x80)] }],
  'an EC key for signing certificates': [{ extensions: [plain, usage(0x04)] }, noSigning],
  'an EC key for key agreement': [{ extensions: [plain, usage(0x08)] }, noSigning],
  'an EC key for deciphering alone': [{ extensions: [plain, usage(0, 0x80)] }, noSigning],
  'an RSA key for key encipherment': [{ key: anRsaKey(), extensions: [plain, usage(0x20)] }],
  'an RSA key for signing certificates': [{ key: anRsaKey(), extensions: [plain, usage(0x04)] }],
  'must-staple': [
    { extensions: [plain, features(5n)] },
    { crt: 'asks for a stapled OCSP response (must-staple), which Envoy does not have' },
  ],
  'must-staple beside another feature': [{ extensions: [plain, features(5n, 17n)] }],
  'another feature': [{ extensions: [plain, features(17n)] }],
  'the years before': [{ days: ['200101', '210101'] }],
  'years to come': [{ days: ['480101', '490101'] }],
  'a day that its month does not have': [
    { days: ['260101', '270229'] },
    { crt: 'has dates that do not exist' },
  ],
  'X.509 version 1 with extensions': [
    { version: 0n },
    { crt: 'is of X.509 version 1; 3 is needed' },
  ],
  'X.509 version 4': [{ version: 3n }, { crt: 'is of X.509 version 4; 3 is needed' }],
  'P-384': [{ key: ec('P-384') }],
  'P-521': [{ key: ec('P-521') }],
  secp224r1: [
    { key: ec('secp224r1') },
    { key: 'is an EC key on secp224r1; P-256, P-384 or P-521 is needed' },
  ],
  secp256k1: [
    { key: ec('secp256k1') },
    { key: 'is an EC key on secp256k1; P-256, P-384 or P-521 is needed' },
  ],
  'the parameters of a curve': [
    { key: ec('P-256', 'explicit') },
    { crt: 'gives the parameters of its EC curve; its name is needed' },
  ],
  Ed25519: [{ key: generateKeyPairSync('ed25519').privateKey }],
  Ed448: [
    { key: generateKeyPairSync('ed448').privateKey },
    { key: 'is a key of type ed448; RSA, EC or Ed25519 is needed' },
  ],
  'RSA with PSS': [
    { key: generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey },
    { key: 'is a key of type rsa-pss; RSA, EC or Ed25519 is needed' },
  ],
  'RSA of 2047 bits': [
    { key: rsa(2047) },
    { key: 'is an RSA key of 2047 bits; at least 2048 are needed' },
  ],
  'RSA of 3072 bits': [{ key: rsa(3072) }],
  'the exponent 3': [{ key: anRsaKey(3n) }],
  'an exponent of 33 bits': [{ key: anRsaKey(2n ** 32n + 15n) }],
  'an exponent of 34 bits': [{ key: anRsaKey(2n ** 33n + 17n) }, longExponent],
  'three primes': [{ key: anRsaKeyOfThree() }, { key: 'is an RSA key of more than two primes' }],
  'the key of another certificate': [
    { key: other, shown: curve },
    { key: 'does not belong to the certificate' },
  ],
  'an EC key with the secret of another': [{ key: mixed, shown: curve }, damaged],
  'an RSA key with a wrong number': [{ key: anRsaKey(65_537n, { dp: 3n }) }, damaged],
  'an RSA key with a wrong inverse': [{ key: anRsaKey(65_537n, { qi: 3n }) }, damaged],
  'an RSA key with another secret exponent': [{ key: anRsaKey(65_537n, { d: 3n }) }, damaged],
};

/** A certificate and its key, and what is told of them in a Secret if they are no good. */
export interface OddCertificate extends Signed {
  readonly told?: Told;
}

/** Certificates in all forms that Envoy was asked about, by what is special with them. */
export const oddCertificates = (): ReadonlyMap<string, OddCertificate> =>
  new Map(
    Object.entries(forms).map(([name, [form, told]]) => [
      name,
      { ...signed(form), ...(told && { told }) },
    ]),
  );
