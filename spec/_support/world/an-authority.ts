import {
  generateKeyPairSync,
  randomBytes,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';

import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import * as x509 from '@peculiar/asn1-x509';

/** A certificate and its private key, both PEM. */
export interface Signed {
  readonly certificate: string;
  readonly privateKey: string;
}

/** A CA; `sign` makes a certificate for a server and client alike. */
export interface Authority {
  readonly certificate: string;
  readonly privateKey: string;
  readonly sign: (subject: Subject) => Signed;
  /** The list (CRL) of certificates that it has revoked, PEM. */
  readonly revoke: (...certificates: readonly string[]) => string;
  /** An empty list that is good until so many seconds from now; a negative number is in the past. */
  readonly listUntil: (seconds: number) => string;
}

/** Whom a certificate is for, and how long it is good; a URI or a DNS name. */
export interface Subject {
  readonly names: readonly [string, ...string[]];
  /** Seconds from now; a day unless said otherwise. */
  readonly lasts?: number;
  /** Of which type its key is; ECDSA unless said otherwise. */
  readonly key?: 'ec' | 'rsa';
}

/** A new CA of this name. */
export const anAuthority = (name: string): Authority => {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = { name, key: own.privateKey };
  return {
    certificate: signed({ names: [name] }, own.publicKey, issuer, true),
    privateKey: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    sign: (subject) => {
      const { publicKey, privateKey } =
        subject.key === 'rsa'
          ? generateKeyPairSync('rsa', { modulusLength: 2048 })
          : generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return {
        certificate: signed(subject, publicKey, issuer, false),
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
    revoke: (...certificates) => revoked(certificates, issuer),
    listUntil: (seconds) => revoked([], issuer, seconds),
  };
};

interface Issuer {
  readonly name: string;
  readonly key: KeyObject;
}

const signed = (
  { names, lasts = 86_400 }: Subject,
  publicKey: KeyObject,
  issuer: Issuer,
  isAuthority: boolean,
): string => {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const usage = isAuthority
    ? x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign
    : x509.KeyUsageFlags.digitalSignature;
  const body = new x509.TBSCertificate({
    version: x509.Version.v3,
    serialNumber: arrayBuffer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    signature: algorithm,
    issuer: nameOf(issuer.name),
    subject: nameOf(names[0]),
    validity: new x509.Validity({
      notBefore: new Date(Date.now() - 60_000),
      notAfter: new Date(Date.now() + lasts * 1000),
    }),
    subjectPublicKeyInfo: AsnConvert.parse(spki, x509.SubjectPublicKeyInfo),
    extensions: new x509.Extensions([
      extension(x509.id_ce_basicConstraints, new x509.BasicConstraints({ cA: isAuthority })),
      extension(x509.id_ce_keyUsage, new x509.KeyUsage(usage)),
      extension(x509.id_ce_subjectAltName, new x509.SubjectAlternativeName(names.map(general))),
    ]),
  });
  const certificate = new x509.Certificate({
    tbsCertificate: body,
    signatureAlgorithm: algorithm,
    signatureValue: signatureOf(body, issuer),
  });
  return pem('CERTIFICATE', certificate);
};

const revoked = (certificates: readonly string[], issuer: Issuer, lasts = 86_400): string => {
  const revocationDate = new x509.Time(new Date(Date.now() - 30_000));
  const body = new x509.TBSCertList({
    version: x509.Version.v2,
    signature: algorithm,
    issuer: nameOf(issuer.name),
    thisUpdate: new x509.Time(new Date(Date.now() - 86_400_000)),
    nextUpdate: new x509.Time(new Date(Date.now() + lasts * 1000)),
    revokedCertificates: certificates.map((certificate) => {
      const { raw } = new X509Certificate(certificate);
      const { serialNumber } = AsnConvert.parse(raw, x509.Certificate).tbsCertificate;
      return new x509.RevokedCertificate({ userCertificate: serialNumber, revocationDate });
    }),
  });
  const signature = signatureOf(body, issuer);
  return pem(
    'X509 CRL',
    new x509.CertificateList({ tbsCertList: body, signatureAlgorithm: algorithm, signature }),
  );
};

/** ECDSA with SHA-256. */
const algorithm = new x509.AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' });

const signatureOf = (body: unknown, { key }: Issuer): ArrayBuffer =>
  arrayBuffer(sign('sha256', Buffer.from(AsnConvert.serialize(body)), key));

const nameOf = (text: string) =>
  new x509.Name([
    new x509.RelativeDistinguishedName([
      new x509.AttributeTypeAndValue({
        type: '2.5.4.3',
        value: new x509.AttributeValue({ utf8String: text }),
      }),
    ]),
  ]);

const general = (name: string) =>
  new x509.GeneralName(
    name.includes(':')
      ? { uniformResourceIdentifier: name }
      : /^[\d.]+$/.test(name)
        ? { iPAddress: name }
        : { dNSName: name },
  );

const extension = (extnID: string, value: unknown) =>
  new x509.Extension({
    extnID,
    critical: false,
    extnValue: new OctetString(AsnConvert.serialize(value)),
  });

const arrayBuffer = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

const pem = (label: string, value: unknown): string => {
  const base64 = Buffer.from(AsnConvert.serialize(value)).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
};
