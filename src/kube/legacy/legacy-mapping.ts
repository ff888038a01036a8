import * as t from 'io-ts';

import { changed, mapFields, type Fields } from './legacy-fields.ts';
import { withCors, withHeaders } from './legacy-handling.ts';
import { withLabels } from './legacy-labels.ts';

/** Reads a Mapping whose fields have the shapes of v1 or v2. */
export const withMapping =
  (isOld: boolean) =>
  (spec: Fields): Fields =>
    (isOld ? oldSteps : steps).reduce((before, step) => step(before), withHostname(isOld)(spec));

/** What Emissary's conversion writes where a Mapping of v3alpha1 has no hostname. */
const noHostname = '_skip_mapping_with_empty_host_';

/**
 * Until v2, `host` was what `hostname` is, and without it a Mapping was for every host.
 *
 * A Mapping of v3alpha1 with neither is only for the Hosts that select it by its labels.
 */
const withHostname =
  (isOld: boolean) =>
  (spec: Fields): Fields => {
    const { host, hostname, host_regex: isRegex } = spec;
    if (host === noHostname) return changed(spec, { host: undefined });
    if (!isOld || hostname !== undefined || isRegex === true) return spec;
    return changed(spec, { hostname: host ?? '*', host: undefined });
  };

/**
 * The value `true` of a header or a parameter means that it must be present. Until v2, `false` asked for
 * nothing; now it stays, and is refused: its author can mean the text.
 */
const withPresence =
  (isOld: boolean, exact: string, regex: string) =>
  (spec: Fields): Fields => {
    const values = spec[exact];
    if (!t.UnknownRecord.is(values)) return spec;
    const written = Object.entries(values);
    const present = written.filter(([, value]) => value === true);
    const kept = written.filter(([, value]) => value !== true && !(isOld && value === false));
    if (kept.length === written.length) return spec;
    const regexes = t.UnknownRecord.is(spec[regex]) ? spec[regex] : {};
    return changed(spec, {
      [exact]: kept.length === 0 ? undefined : Object.fromEntries(kept),
      ...(present.length === 0
        ? {}
        : {
            [regex]: { ...Object.fromEntries(present.map(([name]) => [name, '.*'])), ...regexes },
          }),
    });
  };

const stepsOf = (isOld: boolean): readonly ((spec: Fields) => Fields)[] => [
  withPresence(isOld, 'headers', 'regex_headers'),
  withPresence(isOld, 'query_parameters', 'regex_query_parameters'),
  withHeaders,
  withCors,
  (spec) => mapFields(spec, ['labels'], withLabels),
];

const steps = stepsOf(false);
const oldSteps = stepsOf(true);
