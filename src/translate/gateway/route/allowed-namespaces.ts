import type { Read } from '../../../collection/operator/join-each.ts';
import { namespaceOf, objectKey, refParts } from '../../../ir/object-ref.ts';
import { selects, type Labels } from '../../../ir/selector.ts';
import type { Namespace } from '../../../kube/core/namespace.ts';
import type { SettledListener } from '../listener/settled-listener.ts';

/** What selectors of namespaces are compared with. */
export interface NamespaceTables {
  /** By `/name`. */
  readonly namespaces: Namespace;
}

/** Whether a listener takes routes of a namespace. */
export const takesNamespace = (
  { namespaces, parent }: SettledListener,
  namespace: string,
  read: Read<NamespaceTables>,
): boolean => {
  switch (namespaces._tag) {
    case 'All':
      return true;
    case 'Same':
      return namespaceOf(refParts(parent)[1]) === namespace;
    case 'Selector':
      return selects(namespaces.selector, labelsOf(namespace, read));
    case 'None':
      return false;
  }
};

/** Each namespace has its name as a label, also where its object is not known, as in a folder. */
const labelsOf = (namespace: string, read: Read<NamespaceTables>): Labels => ({
  ...read('namespaces', objectKey('', namespace))?.metadata.labels,
  'kubernetes.io/metadata.name': namespace,
});
