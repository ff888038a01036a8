import { values } from '../../collection/collection.ts';
import type { RevocationsExpiry } from '../../edge/admin/standing.ts';
import { inSlices } from '../../edge/in-slices.ts';
import type { Ir } from '../../ir/ir.ts';
import { namespaceOf, refParts, type ObjectKey } from '../../ir/object-ref.ts';
import { validityOfRevocations } from '../../kube/secret/revocations.ts';
import { earlier, shared, type Expiring } from './shared-expiries.ts';

/**
 * When the lists of revocations expire that peers are verified with, by the Secret that holds them, the first ones
 * first. A Secret that many trust bundles use is read once; lists that never expire are not told.
 */
export const revocationExpiries = async (
  bundles: Ir['trustBundles'],
): Promise<readonly RevocationsExpiry[]> => {
  const read = new Set<ObjectKey>();
  const byNamespace = new Map<string, Expiring[]>();
  await inSlices(values(bundles), ({ revocations, from }) => {
    const holder = from.at(-1);
    if (revocations === undefined || holder === undefined) return;
    const [, secret] = refParts(holder);
    if (read.has(secret)) return;
    read.add(secret);
    const { to: at } = validityOfRevocations(revocations);
    if (at === Infinity) return;
    const namespace = namespaceOf(secret);
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), { secret, at }]);
  });
  return shared([...byNamespace.values()].map((own) => own.sort(earlier))).sort(earlier);
};
