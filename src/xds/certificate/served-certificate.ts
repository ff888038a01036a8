import { get, type Collection } from '../../collection/collection.ts';
import { patternsAround, type ServerNames } from '../../ir/server-name.ts';
import { contentVersion } from '../content-version.ts';
import { encode } from '../message/encode.ts';
import type { Resource } from '../resource.ts';

/**
 * What is served for some server names: a certificate, or nothing, even if a wider pattern has one.
 */
export interface ServedCertificate {
  readonly resource?: Resource;
}

/** What is served for all server names that are asked for on demand. */
export type ServedCertificates = Collection<ServerNames, ServedCertificate>;

/**
 * The certificate for one server name, as the resource of that name.
 *
 * It is not kept: clients choose the names, and can make up any number of them. The bytes hold the
 * name of the Secret a second time; if a field is there twice, the last one counts.
 */
export const certificateFor = (
  certificates: ServedCertificates,
  name: string,
): Resource | 'refused' | undefined => {
  const served = servedFor(certificates, name);
  if (served === undefined) return undefined;
  const { resource } = served;
  return resource === undefined
    ? 'refused'
    : {
        ...resource,
        name,
        version: contentVersion(`${name} ${resource.version}`),
        content: resource.version,
        bytes: Buffer.concat([
          resource.bytes,
          encode('envoy.extensions.transport_sockets.tls.v3.Secret', { name }),
        ]),
      };
};

/** Stands for the server name of a client that names none; no client can name this. */
export const noServerName = '(none)';

const servedFor = (
  certificates: ServedCertificates,
  name: string,
): ServedCertificate | undefined => {
  if (certificates.size === 0 || name.includes('/')) return undefined;
  const patterns = name === noServerName ? ['*'] : patternsAround(name.toLowerCase());
  for (const pattern of patterns) {
    const served = get(certificates, pattern);
    if (served !== undefined) return served;
  }
  return undefined;
};
