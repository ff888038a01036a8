import { get, keys, type Collection } from '../../collection/collection.ts';
import { certificateFor, type ServedCertificates } from '../certificate/served-certificate.ts';
import type { Resource } from '../resource.ts';

/**
 * The resources of one type as one Envoy should see them.
 *
 * `still` are those that something the Envoy holds may refer to: they stay after their removal from
 * `current`, until the reference is gone. For a type that refers to others both are the same.
 */
export interface View {
  readonly current: Collection<string, Resource>;
  readonly still: Collection<string, Resource>;
  /**
   * Only for secrets: the certificates of server names, first the present ones, then those that
   * something the Envoy holds may still ask for.
   */
  readonly certificates?: readonly ServedCertificates[];
  /** Only for what needs clusters: whether this Envoy refuses one and has none of that name. Absent: it has all. */
  readonly lacks?: (cluster: string) => boolean;
}

/** The resource of a name. */
export const look = (
  { current, still, certificates, lacks }: View,
  name: string,
): Resource | undefined => {
  const found = get(current, name) ?? get(still, name);
  const isLame = found?.needs !== undefined && lacks?.(found.needs.cluster) === true;
  const resource = isLame ? found.needs.orElse : found;
  return resource !== undefined || certificates === undefined
    ? resource
    : firstCertificate(certificates, name);
};

const firstCertificate = (
  certificates: readonly ServedCertificates[],
  name: string,
): Resource | undefined => {
  for (const served of certificates) {
    const found = certificateFor(served, name);
    if (found !== undefined) return found === 'refused' ? undefined : found;
  }
  return undefined;
};

/** Every name there is, some perhaps twice; server names that could be asked for are not listed. */
export const names = ({ current, still }: View): Iterable<string> =>
  current === still ? keys(current) : [...keys(current), ...keys(still)];
