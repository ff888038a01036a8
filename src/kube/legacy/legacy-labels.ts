import * as t from 'io-ts';

import { equal } from '../../collection/equal.ts';

/** Reads the entries of rate-limit descriptors in the shapes of v1 and v2. */
export const withLabels = (labels: unknown): unknown => {
  const modern = mapValues(labels, (groups) => mapList(groups, (each) => mapValues(each, entries)));
  return equal(modern, labels) ? labels : modern;
};

/** The list of entries of one group; an old entry can stand for several new ones. */
export const entries = (group: unknown): unknown =>
  Array.isArray(group) ? group.flatMap((entry: unknown) => specifiers(entry)) : group;

const specifiers = (entry: unknown): readonly unknown[] => {
  if (typeof entry === 'string')
    return [words.has(entry) ? { [entry]: { key: entry } } : { generic_key: { value: entry } }];
  if (!t.UnknownRecord.is(entry)) return [entry];
  const { generic_key: generic, v3Key: key } = entry;
  if (typeof generic === 'string')
    return [{ generic_key: { value: generic, ...(typeof key === 'string' ? { key } : {}) } }];
  const written = Object.entries(entry);
  return written.some(([name]) => known.has(name)) ? [entry] : written.map(headerSpecifier);
};

const headerSpecifier = ([key, value]: readonly [string, unknown]): unknown => {
  if (!t.UnknownRecord.is(value) || value['header'] === undefined) return { [key]: value };
  const { header, omit_if_not_present } = value;
  return {
    request_headers: {
      key,
      header_name: header,
      ...(omit_if_not_present === undefined ? {} : { omit_if_not_present }),
    },
  };
};

/** Entries that can be written as one word. */
const words: ReadonlySet<string> = new Set([
  'source_cluster',
  'destination_cluster',
  'remote_address',
]);

const known: ReadonlySet<string> = new Set([...words, 'generic_key', 'request_headers']);

/** Changes the value of each key of a map. */
export const mapValues = (value: unknown, change: (value: unknown) => unknown): unknown =>
  t.UnknownRecord.is(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]))
    : value;

const mapList = (value: unknown, change: (value: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map((entry: unknown) => change(entry)) : value;
