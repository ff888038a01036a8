import type { X509Certificate } from 'node:crypto';

import { elementsOf, insideOf, type Element } from './der.ts';
import { momentOf } from './der-time.ts';

/**
 * What Envoy refuses in a certificate that can be parsed (asked of 1.40.0, form by form:
 * `spec/features/trust/certificates.spec.ts`); absent if it takes it.
 */
export const certificateFault = (certificate: X509Certificate): string | undefined => {
  const fault = formFault(certificate);
  if (fault !== undefined) return fault;
  const { subject, keyInfo, extensions } = partsOf(certificate.raw);
  const alternatives = extensions.get(subjectAltName) ?? empty;
  if (!hasCommonName(subject) && !insideOf(alternatives).some(({ tag }) => servedNames.has(tag)))
    return 'is for no name: it has no common name, and no DNS name, IP address or URI';
  if (extensions.get(tlsFeature)?.equals(mustStaple) === true)
    return 'asks for a stapled OCSP response (must-staple), which Envoy does not have';
  const { algorithm, parameters, publicKey } = keyOf(keyInfo);
  if (algorithm === rsaKey)
    return exponentBits(publicKey) > 33
      ? 'has an RSA key whose exponent is longer than 33 bits'
      : undefined;
  if (algorithm !== ecKey) return undefined;
  if (parameters?.tag !== tags.objectIdentifier)
    return 'gives the parameters of its EC curve; its name is needed';
  const usage = extensions.get(keyUsage);
  return usage === undefined || allowsSigning(usage)
    ? undefined
    : 'has an EC key that is not for digital signatures (key usage)';
};

/** What Envoy refuses in a certificate because it cannot parse it, whatever it is used for. */
export const formFault = ({ raw }: X509Certificate): string | undefined => {
  const { version, validity, extensions } = partsOf(raw);
  if (version > 2 || (version < 2 && extensions.size > 0))
    return `is of X.509 version ${version + 1}; 3 is needed`;
  return elementsOf(validity?.content ?? empty).every((time) => momentOf(time) !== undefined)
    ? undefined
    : 'has dates that do not exist';
};

/** The DNS names among the alternative names of a certificate, as they are written there. */
export const dnsNames = ({ raw }: X509Certificate): readonly string[] =>
  insideOf(partsOf(raw).extensions.get(subjectAltName) ?? empty)
    .filter(({ tag }) => tag === tags.dnsName)
    .map(({ content }) => content.toString('latin1'));

/** The extensions by the bytes of their identifiers, in hexadecimal. */
const keyUsage = '551d0f';
const subjectAltName = '551d11';
const tlsFeature = '2b06010505070118';

const commonName = '550403';

/** The identifiers of the algorithms of keys. */
const ecKey = '2a8648ce3d0201';
const rsaKey = '2a864886f70d010101';

/** DNS names, URIs and IP addresses. */
const servedNames: ReadonlySet<number> = new Set([0x82, 0x86, 0x87]);

/** Envoy compares the whole extension. */
const mustStaple = Buffer.from('3003020105', 'hex');

const empty = Buffer.alloc(0);

const tags = {
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  dnsName: 0x82,
  version: 0xa0,
  extensions: 0xa3,
};

const partsOf = (certificate: Buffer) => {
  const [body] = insideOf(certificate);
  const fields = elementsOf(body?.content ?? empty);
  const [, , , validity, subject, keyInfo] = fields.filter(({ tag }) => tag !== tags.version);
  const [version] = elementsOf(fields.find(({ tag }) => tag === tags.version)?.content ?? empty);
  const last = fields.find(({ tag }) => tag === tags.extensions);
  const extensions = new Map(insideOf(last?.content ?? empty).map(extension));
  return { version: version?.content[0] ?? 0, validity, subject, keyInfo, extensions };
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

const keyOf = (keyInfo: Element | undefined) => {
  const [kind, publicKey] = elementsOf(keyInfo?.content ?? empty);
  const [algorithm, parameters] = elementsOf(kind?.content ?? empty);
  return { algorithm: algorithm?.content.toString('hex'), parameters, publicKey };
};

/** A key is a BIT STRING, whose first byte counts unused bits, of a SEQUENCE of two numbers. */
const exponentBits = (publicKey: Element | undefined): number => {
  const [, exponent] = insideOf(publicKey?.content.subarray(1) ?? empty);
  return BigInt(`0x0${exponent?.content.toString('hex') ?? ''}`).toString(2).length;
};

/** The first bit. A byte in front counts the bits at the end that are not used and must be 0. */
const allowsSigning = (usage: Buffer): boolean => {
  const [bits] = elementsOf(usage);
  if (bits?.tag !== tags.bitString) return false;
  const [unused = 8, first = 0] = bits.content;
  const last = bits.content.at(-1) ?? 0;
  return unused < 8 && (last & ((1 << unused) - 1)) === 0 && (first & 0x80) !== 0;
};
