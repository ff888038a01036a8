import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';

import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Sensitive } from '../../ir/sensitive.ts';
import type { Problem } from '../../problem/problem.ts';
import { readChain, readPrivateKey } from './certificate.ts';

/** The data of a Secret that is kept; everything else is dropped. */
interface SecretData {
  readonly certificateChain?: string;
  readonly privateKey?: Sensitive;
}

type Raw = Readonly<Record<string, unknown>>;

/** Whether Secrets of a type can hold a certificate at all; of others only the type is kept. */
export const holdsCertificate = (type: string): boolean => places.has(type);

/** Why a good Secret of a type holds no certificate. A type can be any text, of any length. */
export const whyNoCertificate = (type: string): string =>
  holdsCertificate(type)
    ? 'has no tls.crt and tls.key'
    : `is of type ${JSON.stringify(type.slice(0, longestType))}, which holds no certificate; expected kubernetes.io/tls`;

const longestType = 80;

/** The field of a Secret of a type where its certificate is. */
export const certificateField = (type: string): string =>
  `data.${(places.get(type) ?? opaque).certificate}`;

/**
 * Reads the certificate and the key out of a Secret.
 *
 * A Secret that must be a certificate and is not one is a problem; an Opaque one may be anything,
 * and only what looks like a certificate is read.
 */
export const readSecretData = (
  object: ObjectRef,
  type: string,
  raw: Raw,
): E.Either<Problem, SecretData> => {
  const place = places.get(type) ?? opaque;
  return pipe(
    part(raw, place.certificate, place.required, readChain),
    E.chain((chain) =>
      chain === undefined
        ? E.right({})
        : pipe(
            part(raw, place.key, place.required, (text) => readPrivateKey(text, chain)),
            E.map((privateKey) => ({
              certificateChain: chain.pem,
              ...(privateKey && { privateKey }),
            })),
          ),
    ),
    E.mapLeft(({ field, reason }) => ({ _tag: 'InvalidCertificate', object, field, reason })),
  );
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

/** What `read` makes of an entry, or what is wrong with it; an entry that is not there makes nothing. */
const part = <A>(
  raw: Raw,
  name: string,
  required: boolean,
  read: (text: string) => E.Either<string, A>,
): E.Either<{ readonly field: string; readonly reason: string }, A | undefined> => {
  const { field, text } = entry(raw, name);
  return pipe(
    text,
    E.filterOrElse(
      (found) => found !== undefined || !required,
      () => 'is missing',
    ),
    E.chain((found) => (found === undefined ? E.right(undefined) : read(found))),
    E.mapLeft((reason) => ({ field, reason })),
  );
};

interface Entry {
  readonly field: string;
  readonly text: E.Either<string, string | undefined>;
}

/** `stringData` overrides `data`, as it does when the API server merges them. */
const entry = (raw: Raw, name: string): Entry => {
  const written = fieldOf(raw['stringData'], name);
  return typeof written === 'string'
    ? { field: `stringData.${name}`, text: E.right(written) }
    : { field: `data.${name}`, text: decoded(fieldOf(raw['data'], name)) };
};

const decoded = (encoded: unknown): Entry['text'] => {
  if (encoded === undefined || encoded === '') return E.right(undefined);
  return typeof encoded === 'string' && /^[A-Za-z0-9+/\s]*[=\s]*$/.test(encoded)
    ? E.right(Buffer.from(encoded, 'base64').toString('utf8'))
    : E.left('is not base64');
};

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
