import * as t from 'io-ts';

import { changed, mapFields, type Fields } from './legacy-fields.ts';
import { withCors, withHeaders } from './legacy-handling.ts';
import { entries, mapValues } from './legacy-labels.ts';

/**
 * Reads a Module: no API server ever checked or converted its settings, so that they can have old shapes in
 * every version.
 */
export const withModule = (spec: Fields): Fields => mapFields(spec, ['config'], config);

const config = (value: unknown): unknown =>
  t.UnknownRecord.is(value) ? steps.reduce((before, step) => step(before), value) : value;

const steps: readonly ((fields: Fields) => Fields)[] = [
  withCors,
  (fields) => mapFields(fields, ['defaults'], withDefaults),
  (fields) => mapFields(fields, ['default_labels'], withDefaultLabels),
  (fields) => mapFields(fields, ['keepalive'], withIdleTime),
  (fields) => mapFields(fields, ['error_response_overrides'], withTexts),
];

const withDefaults = (defaults: unknown): unknown =>
  t.UnknownRecord.is(defaults)
    ? mapFields(withHeaders(defaults), ['httpmapping'], (of) =>
        t.UnknownRecord.is(of) ? withHeaders(of) : of,
      )
    : defaults;

const withDefaultLabels = (labels: unknown): unknown =>
  mapValues(labels, (domain) =>
    t.UnknownRecord.is(domain) ? mapFields(domain, ['defaults'], entries) : domain,
  );

/** In a Module `idle_time` was called `time`. */
const withIdleTime = (keepalive: unknown): unknown =>
  t.UnknownRecord.is(keepalive) && keepalive['idle_time'] === undefined
    ? changed(keepalive, { idle_time: keepalive['time'], time: undefined })
    : keepalive;

/** Numbers and truths in the JSON of an error are texts. */
const withTexts = (overrides: unknown): unknown =>
  Array.isArray(overrides)
    ? overrides.map((override: unknown) =>
        t.UnknownRecord.is(override) ? mapFields(override, ['body'], withJsonTexts) : override,
      )
    : overrides;

const withJsonTexts = (body: unknown): unknown =>
  t.UnknownRecord.is(body)
    ? mapFields(body, ['json_format'], (format) => mapValues(format, asText))
    : body;

const asText = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
