import { get, values, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { keyParts, namespaceOf, objectKey, type ObjectKey } from '../../../ir/object-ref.ts';
import { emissaryGroup } from '../../../kube/emissary/group.ts';
import { bySeniority } from '../../contribution/seniority.ts';
import type { NamespaceGrants, Referrer } from '../../grants.ts';
import { mayRefer } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { CompiledContext } from './spoken-tls.ts';

/** Our TLSContexts by name, and who may refer to them. */
export interface ContextTables {
  readonly contexts: Collection<ObjectKey, CompiledContext>;
  /** By namespace; there are none without isolation. */
  readonly grants: NamespaceGrants;
}

/**
 * The TLSContext that an object names: the one of its own namespace, else of those that it may refer to that
 * of the installation's namespace, else the oldest. In Emissary a name alone counts.
 */
export const contextNamed = (
  name: string,
  { kind, namespace }: Pick<Referrer, 'kind' | 'namespace'>,
  options: TranslateOptions,
  read: Read<ContextTables>,
): CompiledContext | undefined => {
  const all = read('contexts', name);
  if (all === undefined) return undefined;
  const own = get(all, objectKey(namespace, name));
  if (own !== undefined) return own;
  const [first] = nearestContexts([...values(all)], { kind, namespace }, options, read);
  return first;
};

/**
 * Of these TLSContexts those that count for an object: those of its own namespace, else of those that it may refer
 * to those of the installation's namespace, else those of the namespace of the oldest; the oldest first.
 */
export const nearestContexts = (
  all: readonly CompiledContext[],
  { kind, namespace }: Pick<Referrer, 'kind' | 'namespace'>,
  options: TranslateOptions,
  read: Read<Pick<ContextTables, 'grants'>>,
): readonly CompiledContext[] => {
  const isAllowed = mayRefer(options);
  const from = { group: emissaryGroup, kind, namespace };
  const sorted = all
    .filter(
      ({ key }) =>
        namespaceOf(key) === namespace ||
        isAllowed(from, referred(key), (one) => read('grants', one)),
    )
    .toSorted(bySeniority);
  const namespaces = sorted.map(({ key }) => namespaceOf(key));
  const nearest = [namespace, options.namespace].find((one) => namespaces.includes(one));
  return sorted.filter(({ key }) => namespaceOf(key) === (nearest ?? namespaces[0]));
};

const referred = (key: ObjectKey) => {
  const [namespace, name] = keyParts(key);
  return { group: emissaryGroup, kind: 'TLSContext', namespace, name };
};
