import type { Read } from '../../../collection/operator/join-each.ts';
import { objectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { selects, type Labels, type Selector } from '../../../ir/selector.ts';
import { namespaceNameLabel, type Namespace } from '../../../kube/core/namespace.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { RouteNamespaces } from './settled-listener.ts';

/** Namespaces, for their labels. */
export interface NamespaceTables {
  readonly namespaces: Namespace;
}

/** Whether objects of a namespace are let in by an object whose own namespace is another one, or the same. */
export const letsIn = (
  allowed: RouteNamespaces,
  own: string,
  namespace: string,
  read: Read<NamespaceTables>,
): boolean => {
  switch (allowed._tag) {
    case 'All':
      return true;
    case 'Same':
      return namespace === own;
    case 'Selector':
      return selects(allowed.selector, labelsOf(namespace, read));
    case 'None':
      return false;
  }
};

/** What an object says of the namespaces that it lets in; a selector that is not there lets nobody in. */
export const allowedNamespaces = (
  from: RouteNamespaces['_tag'],
  selector: Selector | undefined,
): RouteNamespaces => {
  if (from !== 'Selector') return { _tag: from };
  return selector === undefined ? { _tag: 'None' } : { _tag: 'Selector', selector };
};

/** What is said of a selector that is missing, or that nobody asks for. */
export const selectorNotes = (
  object: ObjectRef,
  field: string,
  from: RouteNamespaces['_tag'],
  selector: Selector | undefined,
): readonly Problem[] => {
  if ((from === 'Selector') === (selector !== undefined)) return [];
  const note =
    selector === undefined
      ? 'there is none, so no namespace is let in'
      : `it has no effect, because from is ${from}`;
  return [{ _tag: 'Note', object, field: `${field}.selector`, note }];
};

/** Every namespace has the label with its name, be there an object for it or not. */
const labelsOf = (namespace: string, read: Read<NamespaceTables>): Labels => ({
  ...read('namespaces', objectKey('', namespace))?.metadata.labels,
  [namespaceNameLabel]: namespace,
});
