import { keyParts, namespaceOf, refParts, type ObjectRef } from '../../ir/object-ref.ts';
import { nearest } from '../../problem/nearest.ts';
import { noProblems } from '../../problem/no-problems.ts';
import type { Problem } from '../../problem/problem.ts';
import { plain } from '../codec/plain.ts';
import { recordOf } from '../codec/record-of.ts';
import { shown } from '../codec/report.ts';
import { carryingAnnotation, ObjectMeta } from '../core/object-meta.ts';
import { decodeObject } from '../decode-object.ts';
import { identify } from '../identity.ts';
import { kindTable } from '../kind.ts';
import type { Carried, Carries } from '../kube-event.ts';
import { annotationField, fieldIn } from './annotation-field.ts';
import { documentsIn, type AnnotationDocument } from './documents.ts';
import { unfolded } from './unfolded.ts';

/** Whether an object with these metadata carries objects of Emissary. */
export const carriesObjects = (metadata: unknown): boolean =>
  Object.hasOwn(recordOf(recordOf(metadata)['annotations']), carryingAnnotation);

/** A problem for each annotation that is called nearly as the one that is read. */
export const slipsIn = (object: ObjectRef, metadata: unknown): readonly Problem[] => {
  const { annotations } = recordOf(metadata);
  if (annotations === undefined) return noProblems;
  return Object.keys(recordOf(annotations))
    .filter((name) => nearest(name, [carryingAnnotation]) !== undefined)
    .map((name) => ({
      _tag: 'UnknownField',
      object,
      field: `metadata.annotations[${name}]`,
      nearest: carryingAnnotation,
    }));
};

/**
 * The objects that an object carries, each as if somebody had applied it in the namespace that it is for. What is no
 * object at all is a problem of the carrier; a document with a fault costs that document alone. Total.
 */
export const carriedIn = (
  carrier: ObjectRef,
  metadata: unknown,
): Carries & { readonly problems: readonly Problem[] } => {
  const text = recordOf(recordOf(metadata)['annotations'])[carryingAnnotation];
  if (typeof text !== 'string') {
    const problem = wrong(carrier, annotationField, 'YAML documents in a string', shown(text));
    return { objects: [], isWhole: false, problems: [problem] };
  }
  const { documents, fault } = documentsIn(text);
  const problems: Problem[] = [];
  if (fault !== undefined) problems.push(wrong(carrier, annotationField, fault, 'more'));
  const objects: Carried[] = [];
  for (const document of documents) {
    const read = readDocument(carrier, metadata, document);
    if ('item' in read) objects.push(read);
    else problems.push(...read);
  }
  return { objects, isWhole: problems.length === 0, problems };
};

/** The object that a document is, or why it is none. */
const readDocument = (
  carrier: ObjectRef,
  metadata: unknown,
  document: AnnotationDocument,
): Carried | readonly Problem[] => {
  const { number } = document;
  if ('reason' in document)
    return [wrong(carrier, fieldIn(number), 'YAML that can be read', document.reason)];
  const { value, isFlat } = unfolded(document.value, namespaceOf(refParts(carrier)[1]), metadata);
  const read = plain(value);
  const identity = identify(read.value);
  const inDocument = (problem: Problem): Problem =>
    'object' in problem
      ? {
          ...problem,
          object: carrier,
          field: fieldIn(number, { ...named(problem.object), field: problem.field, isFlat }),
        }
      : problem;
  if (identity._tag === 'Unusable') return [inDocument(identity.problem)];
  const { apiVersion, kind } = recordOf(read.value);
  if (identity._tag === 'Foreign' || kindTable[identity.kind].language !== 'emissary')
    return [
      wrong(
        carrier,
        fieldIn(number, { field: 'apiVersion', isFlat }),
        'a version of getambassador.io',
        `${String(kind)} of ${String(apiVersion)}`,
      ),
    ];
  const decoding = decodeObject(identity, read, ObjectMeta);
  if (decoding._tag === 'Rejected') return decoding.problems.map(inDocument);
  if (decoding._tag === 'Ignored') return [];
  const { version, ...item } = decoding.item;
  return {
    kind: decoding.kind,
    item: version === undefined ? item : { ...item, version: { ...version, carrier } },
    document: number,
    isFlat,
  };
};

/** Nothing where it is not known what an object is called. */
const named = (object: ObjectRef): { readonly object?: ObjectRef } =>
  keyParts(refParts(object)[1])[1] === '?' ? {} : { object };

const wrong = (object: ObjectRef, field: string, expected: string, got: string): Problem => ({
  _tag: 'InvalidField',
  object,
  field,
  expected,
  got,
});
