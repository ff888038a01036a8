import { definedOnly } from '../../../collection/defined-only.ts';
import { corsFilter, originPattern, type CorsPolicy } from '../../../ir/filter/cors.ts';
import type { FilterUse } from '../../../ir/filter/filter.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { Cors } from '../../../kube/gateway/filter.ts';
import { regexFault } from '../../../problem/regex.ts';
import { ruleFault, type RuleFault } from './rule-fault.ts';

/** What the CORS filter does for the requests of a rule. */
export const corsUse = (asked: Cors): readonly FilterUse[] => [
  { filter: corsFilter, settings: corsPolicy(asked) },
];

const corsPolicy = ({
  allowOrigins = [],
  allowMethods = [],
  allowHeaders = [],
  exposeHeaders = [],
  allowCredentials = false,
  maxAge,
}: Cors): CorsPolicy => {
  const patterns = allowOrigins.filter(isPattern).map(originPattern);
  return definedOnly<CorsPolicy>({
    _tag: 'Cors',
    origins: allowOrigins.filter((origin) => !isPattern(origin)).flatMap(spellings),
    originPatterns: patterns.length === 0 ? undefined : patterns,
    methods: allowMethods,
    headers: allowHeaders,
    // With credentials a star is the name of a header.
    exposedHeaders: exposeHeaders.filter((name) => !allowCredentials || name !== '*'),
    credentials: allowCredentials ? true : undefined,
    maxAge: String(maxAge),
    answersAllPreflights: true,
  });
};

const isPattern = (origin: string): boolean => origin !== '*' && origin.includes('*');

/** The usual port of a scheme may be written or not. */
const spellings = (origin: string): readonly string[] => {
  const [, scheme, host, port] = form.exec(origin) ?? [];
  const usual = scheme === 'https' ? '443' : '80';
  return host === undefined || (port ?? usual) !== usual
    ? [origin]
    : [`${scheme}://${host}`, `${scheme}://${host}:${usual}`];
};

const form = /^(https?):\/\/([^:/?#\s]+)(?::(\d{1,5}))?$/;

/** Why browsers cannot be told so. */
export const corsFaults = (
  object: ObjectRef,
  field: string,
  { allowOrigins = [] }: Pick<Cors, 'allowOrigins'>,
): readonly RuleFault[] =>
  allowOrigins.flatMap((origin, i) =>
    origin === '*' ||
    (form.test(origin) && (!isPattern(origin) || regexFault(originPattern(origin)) === undefined))
      ? []
      : [
          ruleFault('UnsupportedValue', {
            _tag: 'InvalidField',
            object,
            field: `${field}.allowOrigins[${i}]`,
            expected: '"*", or http:// or https:// and a host that is not too long',
            got: JSON.stringify(origin),
          }),
        ],
  );
