import {
  keyParts,
  objectKey,
  objectRef,
  type ObjectKey,
  type ObjectRef,
} from '../../../ir/object-ref.ts';
import type { Problem } from '../../../problem/problem.ts';

/**
 * The key of a Host or Mapping that nobody wrote: a part of an Ingress, by the field that it stands for, as
 * `spec.rules[0].http.paths[1]`. No name begins with a space, so it is the key of no other object.
 *
 * Where a part stands for two Mappings, `half` tells them apart.
 */
export const partKey = (ingress: ObjectKey, field: string, half = ''): ObjectKey => {
  const [namespace, name] = keyParts(ingress);
  return objectKey(namespace, ` ${name} ${field}${half === '' ? '' : ` ${half}`}`);
};

/** Whether a key is that of a part of an Ingress. */
export const isPart = (key: ObjectKey): boolean => key.charAt(key.indexOf('/') + 1) === ' ';

/** The object that somebody wrote: of a part it is the Ingress. */
export const writtenRef = (kind: 'Host' | 'Mapping', key: ObjectKey): ObjectRef =>
  isPart(key) ? objectRef('Ingress', ingressOf(key)) : objectRef(kind, key);

/** The Ingress of a part. */
export const ingressOf = (key: ObjectKey): ObjectKey => {
  const [namespace, rest] = keyParts(key);
  return objectKey(namespace, rest.split(' ')[1] ?? '');
};

/** A field of a Host or Mapping as it was written: of a part it is one of the Ingress. */
export const writtenField = (key: ObjectKey, field: string): string => {
  if (!isPart(key)) return field;
  const at = keyParts(key)[1].split(' ')[2] ?? '';
  if (field === 'spec.tlsSecret') return `${at.replace(/\.hosts\[\d+\]$/, '')}.secretName`;
  if (field !== 'spec.service') return at;
  return at === defaultBackend ? `${at}.service` : `${at}.backend.service`;
};

/** The field of the backend of all requests that no rule is for. */
export const defaultBackend = 'spec.defaultBackend';

/** The problems of a Host or Mapping, in the fields as they were written. */
export const asWritten = (key: ObjectKey, problems: readonly Problem[]): readonly Problem[] =>
  problems.length === 0 || !isPart(key)
    ? problems
    : problems.map((problem) =>
        'field' in problem ? { ...problem, field: writtenField(key, problem.field) } : problem,
      );
