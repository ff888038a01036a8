import { showRef, type ObjectRef } from '../../ir/object-ref.ts';
import { carryingAnnotation } from '../core/object-meta.ts';

/** The field of an object that carries others. */
export const annotationField = `metadata.annotations[${carryingAnnotation}]`;

/** What of a document is meant. */
interface Within {
  readonly object?: ObjectRef;
  readonly field?: string;
  readonly isFlat?: boolean;
}

/** Where in the annotation something is: `…, document 2, Mapping shop/web: prefix`. */
export const fieldIn = (
  document: number,
  { object, field = '', isFlat = false }: Within = {},
): string => {
  const what = object === undefined ? '' : `, ${showRef(object)}`;
  const written = isFlat ? flat(field) : field;
  return `${annotationField}, document ${document}${what}${written === '' ? '' : `: ${written}`}`;
};

/** The number of the document, and the field in it, that `fieldIn` joined. */
export const partsOfField = (
  field: string,
): { readonly document: number; readonly field: string } | undefined => {
  if (!field.startsWith(`${annotationField}, document `)) return undefined;
  const rest = field.slice(`${annotationField}, document `.length);
  const colon = rest.indexOf(': ');
  return { document: Number.parseInt(rest, 10), field: colon < 0 ? '' : rest.slice(colon + 2) };
};

/** A field as it is called where those of the spec are not below `spec`. */
const flat = (field: string): string =>
  field
    .replace(/^spec(?:\.|(?=\[)|$)/, '')
    .replace(/^metadata\.labels/, 'metadata_labels')
    .replace(/^metadata\.(?=name)/, '');
