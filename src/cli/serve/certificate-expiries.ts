import { values, type Collection } from '../../collection/collection.ts';
import type { CertificateExpiry } from '../../edge/admin/standing.ts';
import { inSlices } from '../../edge/in-slices.ts';
import type { FilterChainKey } from '../../ir/filter-chain.ts';
import { namespaceOf } from '../../ir/object-ref.ts';
import type { Secret, SecretName } from '../../ir/secret.ts';
import type { ServedName } from '../../ir/server-name.ts';
import { readCertificate } from '../../kube/secret/read-certificate.ts';
import { earlier, mostExpiries, shared } from './shared-expiries.ts';

/**
 * When certificates expire, the first ones first, each with a hostname for which it is served. Every
 * certificate is read once, in slices, when somebody asks for the first time. Those of one namespace leave room for
 * those of all others.
 */
export const certificateExpiries = async (
  secrets: Collection<SecretName, Secret>,
  served: Collection<FilterChainKey, ServedName>,
): Promise<readonly CertificateExpiry[]> => {
  const soonest = new Map<string, { readonly secret: SecretName; readonly at: number }[]>();
  await inSlices(values(secrets), (secret) => {
    const at = readCertificate(secret)?.to;
    if (at === undefined) return;
    const namespace = namespaceOf(secret.name);
    const own = soonest.get(namespace) ?? [];
    soonest.set(namespace, own);
    own.push({ secret: secret.name, at });
    if (own.length >= 2 * mostExpiries) own.sort(earlier).length = mostExpiries;
  });
  const told = new Map(
    shared([...soonest.values()].map((own) => own.sort(earlier))).map(({ secret, at }) => [
      secret,
      { at, hostnames: new Set<string>() },
    ]),
  );
  await inSlices(values(served), (name) => {
    if (name._tag !== 'Terminate') return;
    for (const secret of name.certificates) {
      const hostnames = told.get(secret)?.hostnames;
      if (hostnames !== undefined && hostnames.size < mostExpiries) hostnames.add(name.names);
    }
  });
  const series = [...told].flatMap(([secret, { at, hostnames }]) =>
    [...(hostnames.size === 0 ? [''] : hostnames)]
      .sort()
      .map((hostname) => ({ hostname, secret, at })),
  );
  const byNamespace = Map.groupBy(series, ({ secret }) => namespaceOf(secret));
  return shared([...byNamespace.values()]).sort(earlier);
};
