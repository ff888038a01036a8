import { Namespace } from './object-meta.ts';

/** What stands in a list of namespaces: the names, and what is no name of a namespace. */
interface NamespaceList {
  readonly names: readonly string[];
  readonly others: readonly string[];
}

/** Reads a list of namespaces, with commas or spaces between them; it may be empty. */
export const namespaceList = (text: string): NamespaceList => {
  const all = text.split(/[\s,]+/).filter((one) => one !== '');
  const { names = [], others = [] } = Object.groupBy(all, (one) =>
    Namespace.is(one) ? 'names' : 'others',
  );
  return { names, others };
};
