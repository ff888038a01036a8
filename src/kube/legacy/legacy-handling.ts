import * as t from 'io-ts';

import { mapFields, type Fields } from './legacy-fields.ts';

/** Reads headers to add and to remove in the shapes of v1 and v2. */
export const withHeaders = (spec: Fields): Fields =>
  mapFields(
    mapFields(spec, ['add_request_headers', 'add_response_headers'], asAddedHeaders),
    ['remove_request_headers', 'remove_response_headers'],
    asListOfOne,
  );

/** Reads `cors` in the shapes of v1 and v2. */
export const withCors = (spec: Fields): Fields => mapFields(spec, ['cors'], asCors);

/** Reads a text as the value of a header that is added. */
const asAddedHeaders = (headers: unknown): unknown => {
  if (!t.UnknownRecord.is(headers)) return headers;
  if (!Object.values(headers).some((header) => typeof header === 'string')) return headers;
  return Object.fromEntries(
    Object.entries(headers).map(([name, header]) => [
      name,
      typeof header === 'string' ? { value: header } : header,
    ]),
  );
};

const asListOfOne = (value: unknown): unknown => (typeof value === 'string' ? [value] : value);

const splitAtCommas = (value: unknown): unknown =>
  typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;

const asCors = (cors: unknown): unknown =>
  t.UnknownRecord.is(cors)
    ? mapFields(cors, ['origins', 'methods', 'headers', 'exposed_headers'], splitAtCommas)
    : cors;
