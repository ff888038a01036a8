import type { ObjectRef } from '../../../ir/object-ref.ts';
import { namespaceList } from '../../../kube/core/namespace-list.ts';
import { mappingNamespacesAnnotation } from '../../../kube/core/object-meta.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import type { Problem } from '../../../problem/problem.ts';
import { trustedNamespaces } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';

/** The namespaces whose Mappings a Host takes, of which there can be thousands; absent: all. */
export type MappingNamespaces = Readonly<Record<string, true>>;

/**
 * Finds out whose Mappings a Host takes. A Host with the annotation takes those of its own namespace, of
 * trusted ones and of those that it names; with isolation, so does one without it.
 */
export const mappingNamespacesOf = (
  options: TranslateOptions,
  { namespace, annotations }: Host['metadata'],
): MappingNamespaces | undefined => {
  const written = annotations?.[mappingNamespacesAnnotation];
  if (written === undefined && options.isolation !== true) return undefined;
  const { names, others } = namespaceList(written ?? '');
  return others.includes(all)
    ? undefined
    : Object.fromEntries(
        [namespace, ...trustedNamespaces(options), ...names].map((name) => [name, true]),
      );
};

const all = '*';

/** Looks for words in the annotation that name no namespace; such words let no Mapping in. */
export const mappingNamespacesFaults = (
  object: ObjectRef,
  { annotations }: Host['metadata'],
): readonly Problem[] => {
  const written = annotations?.[mappingNamespacesAnnotation];
  if (written === undefined) return [];
  const [first, ...more] = namespaceList(written).others.filter((word) => word !== all);
  if (first === undefined) return [];
  return [
    {
      _tag: 'InvalidField',
      object,
      field: `metadata.annotations["${mappingNamespacesAnnotation}"]`,
      expected: 'names of namespaces with commas between them, or "*" for all',
      got: `${cut(first)}${more.length === 0 ? '' : ` and ${more.length} more`}`,
    },
  ];
};

/** No name of a namespace is as long. */
const cut = (word: string): string =>
  JSON.stringify(word.length <= 64 ? word : `${word.slice(0, 63)}…`);
