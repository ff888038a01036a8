import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';

import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Sensitive } from '../../ir/sensitive.ts';
import type { Problem } from '../../problem/problem.ts';
import { readAuthorities } from './authorities.ts';
import { readChain, readPrivateKey, whyAuthorityAlone } from './certificate.ts';
import { readRevocations } from './revocations.ts';

/** The data of a Secret that is kept; everything else is dropped. */
interface SecretData extends Identity {
  readonly authorities?: string;
  readonly revocations?: string;
  readonly certRequired?: boolean;
  readonly unservable?: string;
}

/** A certificate and its key. */
interface Identity {
  readonly certificateChain?: string;
  readonly privateKey?: Sensitive;
}

type Raw = Readonly<Record<string, unknown>>;

/** Whether Secrets of a type can hold a certificate at all; of others only the type is kept. */
export const holdsCertificate = (type: string): boolean => places.has(type);

/** Why a good Secret holds no certificate that can be served. A type can be any text, of any length. */
export const whyNoCertificate = ({
  type,
  unservable,
}: {
  readonly type: string;
  readonly unservable?: string | undefined;
}): string =>
  holdsCertificate(type)
    ? (unservable ?? 'has no tls.crt and tls.key')
    : `is of type ${JSON.stringify(type.slice(0, longestType))}, which holds no certificate; expected kubernetes.io/tls`;

const longestType = 80;

/** The field of a Secret of a type where its certificate is. */
export const certificateField = (type: string): string =>
  `data.${(places.get(type) ?? opaque).certificate}`;

const revocationsEntry = 'crl.pem';

/** The field of a Secret where lists of revocations are. */
export const revocationsField = `data.${revocationsEntry}`;

/**
 * Reads what TLS needs out of a Secret: a certificate with its key, authorities, revocations.
 *
 * A Secret that must be a certificate and is not one is a problem; an Opaque one may be anything,
 * and only what looks like a certificate is read. Without a key its certificates are those of authorities:
 * `tls.crt` as in Emissary, else `ca.crt`. So they are where the certificate is that of an authority which cannot be
 * served: whoever only trusts it asks for nothing else, and its key is not read.
 */
export const readSecretData = (
  object: ObjectRef,
  type: string,
  raw: Raw,
): E.Either<Problem, SecretData> => {
  const place = places.get(type) ?? opaque;
  const unservable = unservableIn(raw, place);
  const hasKey = unservable === undefined && (place.required || hasEntry(raw, place.key));
  return pipe(
    hasKey ? identity(raw, place) : E.right(unservable === undefined ? {} : { unservable }),
    E.chain((found) =>
      pipe(
        authoritiesOf(raw, place, hasKey),
        E.map((authorities) => ({ ...found, ...(authorities !== undefined && { authorities }) })),
      ),
    ),
    E.chain((found) =>
      pipe(
        part(raw, revocationsEntry, false, readRevocations),
        E.map((revocations) => ({ ...found, ...(revocations !== undefined && { revocations }) })),
      ),
    ),
    E.map((found) => ({ ...found, ...requirement(raw) })),
    E.mapLeft(({ field, reason }) => ({ _tag: 'InvalidCertificate', object, field, reason })),
  );
};

const identity = (raw: Raw, { certificate, key, required }: Place): Part<Identity> =>
  pipe(
    part(raw, certificate, required, readChain),
    E.chain((chain) =>
      chain === undefined
        ? E.right({})
        : pipe(
            part(raw, key, required, (text) => readPrivateKey(text, chain)),
            E.map((privateKey) => ({
              certificateChain: chain.pem,
              ...(privateKey && { privateKey }),
            })),
          ),
    ),
  );

const unservableIn = (raw: Raw, { certificate, key, authorities }: Place): string | undefined => {
  if (authorities !== undefined || !hasEntry(raw, key)) return undefined;
  const { text } = entry(raw, certificate);
  if (E.isLeft(text) || text.right === undefined) return undefined;
  const reason = whyAuthorityAlone(text.right);
  return reason === undefined ? undefined : `${reason}; it can only be trusted`;
};

const authoritiesOf = (raw: Raw, place: Place, hasKey: boolean): Part<string | undefined> => {
  if (hasKey && place.authorities === undefined) return E.right(undefined);
  const names = place.authorities ?? [place.certificate, 'ca.crt'];
  const name = names.find((one) => hasEntry(raw, one));
  return name === undefined ? E.right(undefined) : part(raw, name, false, readAuthorities);
};

/** Emissary takes `cert_required` out of a Secret with authorities. */
const requirement = (raw: Raw): Pick<SecretData, 'certRequired'> => {
  const { text } = entry(raw, 'cert_required');
  const isAsked = E.isRight(text) && text.right?.trim().toLowerCase() === 'true';
  return isAsked ? { certRequired: true } : {};
};

const hasEntry = (raw: Raw, name: string): boolean => {
  const { text } = entry(raw, name);
  return E.isLeft(text) || text.right !== undefined;
};

/** Under which names a type of Secret has its certificate and key. */
interface Place {
  readonly certificate: string;
  readonly key: string;
  readonly required: boolean;
  /** Where it has authorities beside its certificate. */
  readonly authorities?: readonly string[];
}

const opaque: Place = { certificate: 'tls.crt', key: 'tls.key', required: false };

const places: ReadonlyMap<string, Place> = new Map([
  ['Opaque', opaque],
  ['kubernetes.io/tls', { ...opaque, required: true }],
  [
    'istio.io/key-and-cert',
    {
      certificate: 'cert-chain.pem',
      key: 'key.pem',
      required: true,
      authorities: ['root-cert.pem'],
    },
  ],
]);

/** What is read of a Secret, or what is wrong with one of its entries. */
type Part<A> = E.Either<{ readonly field: string; readonly reason: string }, A>;

/** What `read` makes of an entry, or what is wrong with it; an entry that is not there makes nothing. */
const part = <A>(
  raw: Raw,
  name: string,
  required: boolean,
  read: (text: string) => E.Either<string, A>,
): Part<A | undefined> => {
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
