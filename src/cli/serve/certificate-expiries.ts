import { X509Certificate } from 'node:crypto';

import { values, type Collection } from '../../collection/collection.ts';
import type { CertificateExpiry } from '../../edge/admin/standing.ts';
import { inSlices } from '../../edge/in-slices.ts';
import type { FilterChainKey } from '../../ir/filter-chain.ts';
import type { Secret, SecretName } from '../../ir/secret.ts';
import type { ServedName } from '../../ir/server-name.ts';

/** How many are told, those that expire first. */
const mostExpiries = 500;

/**
 * When certificates expire, the first ones first, each with a hostname for which it is served. Every
 * certificate is read once, in slices, when somebody asks for the first time.
 */
export const certificateExpiries = async (
  secrets: Collection<SecretName, Secret>,
  served: Collection<FilterChainKey, ServedName>,
): Promise<readonly CertificateExpiry[]> => {
  const soonest: Expiring[] = [];
  await inSlices(values(secrets), (secret) => {
    const at = expiryOf(secret);
    if (at !== undefined) soonest.push({ secret: secret.name, at });
    if (soonest.length >= 2 * mostExpiries) soonest.sort(earlier).length = mostExpiries;
  });
  const told = new Map(
    soonest
      .sort(earlier)
      .slice(0, mostExpiries)
      .map(({ secret, at }) => [secret, { at, hostnames: new Set<string>() }]),
  );
  await inSlices(values(served), (name) => {
    if (name._tag !== 'Terminate') return;
    for (const secret of name.certificates) {
      const hostnames = told.get(secret)?.hostnames;
      if (hostnames !== undefined && hostnames.size < mostExpiries) hostnames.add(name.names);
    }
  });
  return [...told]
    .flatMap(([secret, { at, hostnames }]) =>
      [...(hostnames.size === 0 ? [''] : hostnames)]
        .sort()
        .map((hostname) => ({ hostname, secret, at })),
    )
    .slice(0, mostExpiries);
};

interface Expiring {
  readonly secret: SecretName;
  readonly at: number;
}

const earlier = (a: Expiring, b: Expiring): number => a.at - b.at || (a.secret < b.secret ? -1 : 1);

/** A Secret that does not change keeps its identity. */
const known = new WeakMap<Secret, number>();

const expiryOf = (secret: Secret): number | undefined => {
  const before = known.get(secret);
  if (before !== undefined) return before;
  const at = new X509Certificate(secret.certificateChain).validToDate.getTime();
  known.set(secret, at);
  return at;
};
