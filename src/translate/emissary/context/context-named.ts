import { get, values, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { keyParts, objectKey, type ObjectKey } from '../../../ir/object-ref.ts';
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
  const isAllowed = mayRefer(options);
  const from = { group: emissaryGroup, kind, namespace };
  const allowed = [...values(all)].filter(({ key }) =>
    isAllowed(from, referred(key), (one) => read('grants', one)),
  );
  const ofInstallation = objectKey(options.namespace, name);
  const [oldest] = allowed.sort(bySeniority);
  return allowed.find(({ key }) => key === ofInstallation) ?? oldest;
};

const referred = (key: ObjectKey) => {
  const [namespace, name] = keyParts(key);
  return { group: emissaryGroup, kind: 'TLSContext', namespace, name };
};
