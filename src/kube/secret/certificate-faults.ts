import type { X509Certificate } from 'node:crypto';

import { elementsOf, insideOf, type Element } from './der.ts';

/**
 * What Envoy refuses in a certificate that can be parsed (asked of 1.40.0, form by form:
 * `spec/features/trust/certificates.spec.ts`); absent if it takes it.
 */
export const certificateFault = ({ raw, publicKey }: X509Certificate): string | undefined => {
  const { subject, keyInfo, extensions } = partsOf(raw);
  const alternatives = extensions.get(subjectAltName) ?? empty;
  if (!hasCommonName(subject) && !insideOf(alternatives).some(({ tag }) => servedNames.has(tag)))
    return 'is for no name: it has no common name, and no DNS name, IP address or URI';
  if (extensions.get(tlsFeature)?.equals(mustStaple) === true)
    return 'asks for a stapled OCSP response (must-staple), which Envoy does not have';
  const exponent = publicKey.asymmetricKeyDetails?.publicExponent ?? 0n;
  if (exponent >> 33n > 0n) return 'has an RSA key whose exponent is longer than 33 bits';
  if (publicKey.asymmetricKeyType !== 'ec') return undefined;
  if (!namesCurve(keyInfo)) return 'gives the parameters of its EC curve; its name is needed';
  const usage = extensions.get(keyUsage);
  return usage === undefined || allowsSigning(usage)
    ? undefined
    : 'has an EC key that is not for digital signatures (key usage)';
};

/** The extensions by the bytes of their identifiers, in hexadecimal. */
const keyUsage = '551d0f';
const subjectAltName = '551d11';
const tlsFeature = '2b06010505070118';

const commonName = '550403';

/** DNS names, URIs and IP addresses. */
const servedNames: ReadonlySet<number> = new Set([0x82, 0x86, 0x87]);

/** Envoy compares the whole extension. */
const mustStaple = Buffer.from('3003020105', 'hex');

const empty = Buffer.alloc(0);

const tags = {
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  version: 0xa0,
  extensions: 0xa3,
};

const partsOf = (certificate: Buffer) => {
  const [body] = insideOf(certificate);
  const fields = elementsOf(body?.content ?? empty);
  const [, , , , subject, keyInfo] = fields.filter(({ tag }) => tag !== tags.version);
  const last = fields.find(({ tag }) => tag === tags.extensions);
  const extensions = new Map(insideOf(last?.content ?? empty).map(extension));
  return { subject, keyInfo, extensions };
};

const extension = ({ content }: Element): readonly [string, Buffer] => {
  const [id, ...others] = elementsOf(content);
  const value = others.find(({ tag }) => tag === tags.octetString);
  return [id?.content.toString('hex') ?? '', value?.content ?? empty];
};

const hasCommonName = (subject: Element | undefined): boolean =>
  elementsOf(subject?.content ?? empty)
    .flatMap(({ content }) => elementsOf(content))
    .map(({ content }) => elementsOf(content))
    .some(
      ([id, value]) => id?.content.toString('hex') === commonName && value?.content.length !== 0,
    );

const namesCurve = (keyInfo: Element | undefined): boolean => {
  const [algorithm] = elementsOf(keyInfo?.content ?? empty);
  const [, parameters] = elementsOf(algorithm?.content ?? empty);
  return parameters?.tag === tags.objectIdentifier;
};

/** The first bit: the bits follow a byte that counts the unused ones. */
const allowsSigning = (usage: Buffer): boolean => {
  const [bits] = elementsOf(usage);
  return bits?.tag === tags.bitString && ((bits.content[1] ?? 0) & 0x80) !== 0;
};
