import type { Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import type { Work } from '../../collection/work.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Secret, SecretName } from '../../ir/secret.ts';
import { plainCertificate, type ServedName, type ServerNames } from '../../ir/server-name.ts';
import type { Resource } from '../resource.ts';
import type { ServedCertificate } from './served-certificate.ts';
import { tlsSecret } from './tls-secret.ts';

/** The certificates that come on demand, each encoded once, however many names it serves. */
export interface OnDemandCertificates {
  readonly users: Grouped<ServerNames, ServedName, SecretName, true>;
  readonly encoded: Joined<
    SecretName,
    Collection<ServerNames, true>,
    { readonly secrets: Secret },
    Resource
  >;
  readonly served: Joined<
    ServerNames,
    ServedName,
    { readonly encoded: Resource },
    ServedCertificate
  >;
}

/** Encodes the certificates of an IR that come on demand; by change. */
export function* onDemandCertificates(
  previous: OnDemandCertificates | undefined,
  { certificates, secrets }: Pick<Ir, 'certificates' | 'secrets'>,
): Work<OnDemandCertificates> {
  const users = yield* bySecret(previous?.users, certificates);
  const encoded = yield* encodeEach(previous?.encoded, users.output, { secrets });
  const served = yield* serveEach(previous?.served, certificates, { encoded: encoded.output });
  return { users, encoded, served };
}

const bySecret = groupBy((served: ServedName, _: ServerNames) => {
  const secret = plainCertificate(served);
  return secret === undefined ? [] : [[secret, true as const] as const];
});

const encodeEach = joinEach<
  SecretName,
  Collection<ServerNames, true>,
  { readonly secrets: Secret },
  Resource
>((_, name, read) => {
  const secret = read('secrets', name);
  return secret === undefined ? undefined : tlsSecret(secret);
});

/** For a certificate that does not exist, nothing is served. */
const serveEach = joinEach<
  ServerNames,
  ServedName,
  { readonly encoded: Resource },
  ServedCertificate
>((served, _, read) => {
  const secret = plainCertificate(served);
  const resource = secret === undefined ? undefined : read('encoded', secret);
  return resource === undefined ? {} : { resource };
});
