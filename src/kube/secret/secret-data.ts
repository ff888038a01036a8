import { left, right, type Either } from 'fp-ts/lib/Either.js';

import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Sensitive } from '../../ir/sensitive.ts';
import type { Problem } from '../../problem/problem.ts';
import { readChain, readPrivateKey } from './certificate.ts';

/** The data of a Secret that is kept; everything else is dropped. */
interface SecretData {
  readonly certificateChain?: string;
  readonly privateKey?: Sensitive;
}

/** Whether Secrets of a type can hold a certificate at all. */
export const holdsCertificate = (type: string): boolean => places.has(type);

/**
 * Reads the certificate and the key out of a Secret.
 *
 * A Secret that must be a certificate and is not one is a problem; an Opaque one may be anything,
 * and only what looks like a certificate is read.
 */
export const readSecretData = (
  object: ObjectRef,
  type: string,
  raw: Readonly<Record<string, unknown>>,
): Either<Problem, SecretData> => {
  const { certificate, key, required } = places.get(type) ?? opaque;
  const invalid = (field: string, reason: string): Either<Problem, never> =>
    left({ _tag: 'InvalidCertificate', object, field, reason });

  const chainText = entry(raw, certificate);
  const keyText = entry(raw, key);
  if (chainText._tag === 'Absent')
    return required ? invalid(chainText.field, 'is missing') : right({});
  if (chainText._tag === 'Unreadable') return invalid(chainText.field, 'is not base64');
  const chain = readChain(chainText.text);
  if (chain._tag === 'Left') return invalid(chainText.field, chain.left);
  if (keyText._tag === 'Absent')
    return required
      ? invalid(keyText.field, 'is missing')
      : right({ certificateChain: chain.right.pem });
  if (keyText._tag === 'Unreadable') return invalid(keyText.field, 'is not base64');
  const privateKey = readPrivateKey(keyText.text, chain.right);
  if (privateKey._tag === 'Left') return invalid(keyText.field, privateKey.left);
  return right({ certificateChain: chain.right.pem, privateKey: privateKey.right });
};

/** Under which names a type of Secret has its certificate and key. */
interface Place {
  readonly certificate: string;
  readonly key: string;
  readonly required: boolean;
}

const opaque: Place = { certificate: 'tls.crt', key: 'tls.key', required: false };

const places: ReadonlyMap<string, Place> = new Map([
  ['Opaque', opaque],
  ['kubernetes.io/tls', { ...opaque, required: true }],
  ['istio.io/key-and-cert', { certificate: 'cert-chain.pem', key: 'key.pem', required: true }],
]);

type Entry =
  | { readonly _tag: 'Absent'; readonly field: string }
  | { readonly _tag: 'Unreadable'; readonly field: string }
  | { readonly _tag: 'Text'; readonly field: string; readonly text: string };

/** `stringData` overrides `data`, as it does when the API server merges them. */
const entry = (raw: Readonly<Record<string, unknown>>, name: string): Entry => {
  const written = fieldOf(raw['stringData'], name);
  if (typeof written === 'string')
    return { _tag: 'Text', field: `stringData.${name}`, text: written };
  const field = `data.${name}`;
  const encoded = fieldOf(raw['data'], name);
  if (encoded === undefined || encoded === '') return { _tag: 'Absent', field };
  if (typeof encoded !== 'string' || !/^[A-Za-z0-9+/\s]*[=\s]*$/.test(encoded))
    return { _tag: 'Unreadable', field };
  return { _tag: 'Text', field, text: Buffer.from(encoded, 'base64').toString('utf8') };
};

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
