import { recordOf } from '../kube/codec/record-of.ts';
import { conditionKey, entriesOf, textOf, type Fields } from './own-part.ts';

/** The name under which the API server notes which fields are ours. */
export const fieldManager = 'headgate';

/**
 * The conditions of a Gateway or ListenerSet that we wrote last, by their places, as the API server notes in
 * `metadata.managedFields`.
 *
 * Another controller that takes an object over says of which generation it speaks: from then on a condition
 * is its own, even where all else in it is as we left it.
 */
export const ownedConditions = (managedFields: unknown): ReadonlySet<string> => {
  const owned = new Set<string>();
  const note = (place: string, conditions: Fields): void => {
    for (const [key, fields] of Object.entries(conditions))
      if (Object.hasOwn(recordOf(fields), 'f:observedGeneration'))
        owned.add(conditionKey(place, keyField(key, 'type')));
  };
  for (const status of ownFields(managedFields)) {
    note('', recordOf(status['f:conditions']));
    for (const [key, listener] of Object.entries(recordOf(status['f:listeners'])))
      note(textOf(keyField(key, 'name')), recordOf(recordOf(listener)['f:conditions']));
  }
  return owned;
};

/** The names of the fields in the status that we wrote last: `addresses`. */
export const ownedFields = (managedFields: unknown): ReadonlySet<string> =>
  new Set(
    ownFields(managedFields).flatMap((status) =>
      Object.keys(status).map((name) => name.replace(/^f:/, '')),
    ),
  );

const ownFields = (managedFields: unknown): readonly Fields[] =>
  entriesOf(managedFields)
    .filter(({ manager, subresource }) => manager === fieldManager && subresource === 'status')
    .map(({ fieldsV1 }) => recordOf(recordOf(fieldsV1)['f:status']));

/** The field of a key of a list: `http` of `k:{"name":"http"}`. */
const keyField = (key: string, field: string): unknown => {
  if (!key.startsWith('k:')) return undefined;
  try {
    return recordOf(JSON.parse(key.slice(2)))[field];
  } catch {
    return undefined;
  }
};
