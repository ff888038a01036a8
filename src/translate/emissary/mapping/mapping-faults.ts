import { foreignCommand } from '../../../ir/header/header-format.ts';
import { isHostname, normalHostname } from '../../../ir/hostname.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { AddedHeaders } from '../../../kube/emissary/header-mutation.ts';
import type { Mapping } from '../../../kube/emissary/mapping.ts';
import { headerValueExpected } from '../../../problem/header-value.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { regexFaults, type Pattern } from '../../../problem/regex-faults.ts';
import { substitutionExpected, substitutionFault } from '../../../problem/substitution.ts';
import { errorPageFaults } from './error-pages.ts';
import { hostPattern } from './host-pattern.ts';
import { inertNotes } from './inert-notes.ts';
import { mappingConflicts } from './mapping-conflicts.ts';
import { fieldsOn } from './mapping-fields.ts';
import { mentions } from '../upstream/mentions.ts';

type Spec = Mapping['spec'];

/** What is wrong with an object in itself; with a `fatal` fault it has no effect. */
export interface Faults {
  readonly fatal: readonly Problem[];
  readonly minor: readonly Problem[];
}

/**
 * Looks for the faults that a codec cannot see: regular expressions, commands in header values,
 * hosts, fields that conflict.
 */
export const mappingFaults = (object: ObjectRef, spec: Spec): Faults => {
  const isSuspect = mentions(spec, suspectFields);
  const ofPatterns = isSuspect ? regexFaults(object, patternsOf(spec)) : noProblems;
  return {
    fatal: isSuspect
      ? [...ofPatterns, ...headerFaults(object, spec), ...hostFaults(object, spec)]
      : hostFaults(object, spec),
    minor: isSuspect
      ? [
          ...mappingConflicts(object, spec),
          ...(ofPatterns.length === 0 ? substitutionFaults(object, spec) : noProblems),
          ...inertNotes(object, spec),
          ...errorPageFaults(object, spec.error_response_overrides),
        ]
      : mappingConflicts(object, spec),
  };
};

/** Without any of these there is no text in another language, and nothing that has no effect. */
const suspectFields: ReadonlySet<string> = new Set([...fieldsOn('inert'), ...fieldsOn('suspect')]);

const patternsOf = (spec: Spec): readonly Pattern[] => [
  ...(spec.host_regex === true && spec.host !== undefined
    ? [{ field: 'spec.host', pattern: spec.host, sent: hostPattern(spec.host) }]
    : []),
  ...regexes(spec).flatMap(([field, pattern]) =>
    pattern === undefined ? [] : [{ field: `spec.${field}`, pattern }],
  ),
];

const regexes = (spec: Spec): readonly (readonly [string, string | undefined])[] => [
  ['prefix', spec.prefix_regex === true ? spec.prefix : undefined],
  ['method', spec.method_regex === true ? spec.method : undefined],
  ['regex_rewrite.pattern', spec.regex_rewrite?.pattern],
  ['regex_redirect.pattern', spec.regex_redirect?.pattern],
  ...Object.entries(spec.regex_headers ?? {}).map(
    ([name, pattern]) => [`regex_headers.${name}`, pattern] as const,
  ),
  ...Object.entries(spec.regex_query_parameters ?? {}).map(
    ([name, pattern]) => [`regex_query_parameters.${name}`, pattern] as const,
  ),
];

/** Looks for groups that a regular expression, which Envoy takes, does not have. */
const substitutionFaults = (object: ObjectRef, spec: Spec): readonly Problem[] =>
  (['regex_rewrite', 'regex_redirect'] as const).flatMap((field) => {
    const { pattern, substitution = '' } = spec[field] ?? {};
    const fault = pattern === undefined ? undefined : substitutionFault(pattern, substitution);
    if (fault === undefined) return [];
    const got = `${JSON.stringify(substitution)} (${fault}); the path stays as it is`;
    return [
      {
        _tag: 'InvalidField',
        object,
        field: `spec.${field}.substitution`,
        expected: substitutionExpected,
        got,
      } as const,
    ];
  });

/** The value itself is not shown: it may be a password. */
const headerFaults = (object: ObjectRef, spec: Spec): readonly Problem[] =>
  addedHeaders(spec).flatMap(([field, headers]) =>
    Object.entries(headers ?? {}).flatMap(([name, { value = '' }]) => {
      const got = foreignCommand(value);
      return got === undefined
        ? []
        : [
            {
              _tag: 'InvalidField',
              object,
              field: `spec.${field}.${name}.value`,
              expected: headerValueExpected,
              got,
            } as const,
          ];
    }),
  );

const addedHeaders = (spec: Spec): readonly (readonly [string, AddedHeaders | undefined])[] => [
  ['add_request_headers', spec.add_request_headers],
  ['add_response_headers', spec.add_response_headers],
  ...(spec.health_checks ?? []).map(
    ({ health_check: { http } }, i) =>
      [
        `health_checks[${i}].health_check.http.add_request_headers`,
        http?.add_request_headers,
      ] as const,
  ),
];

/** A `*` in `host` is a character like any other there, so that it can match nothing. */
const hostFaults = (object: ObjectRef, spec: Spec): readonly Problem[] => {
  const invalid = (field: string, expected: string, got: string): readonly Problem[] => [
    { _tag: 'InvalidField', object, field: `spec.${field}`, expected, got: JSON.stringify(got) },
  ];
  if (spec.hostname !== undefined)
    return isHostname(normalHostname(spec.hostname))
      ? noProblems
      : invalid('hostname', 'a host name with at most one "*", at one end', spec.hostname);
  const [field, exact] =
    spec.host === undefined
      ? (['headers.:authority', spec.headers?.[':authority']] as const)
      : (['host', spec.host_regex === true ? undefined : spec.host] as const);
  return exact === undefined || (isHostname(normalHostname(exact)) && !exact.includes('*'))
    ? noProblems
    : invalid(field, 'a host name without "*" (hostname takes patterns)', exact);
};
