import { definedOnly } from '../../../collection/defined-only.ts';
import type { ErrorPage, ErrorPages } from '../../../ir/filter/error-pages.ts';
import { foreignCommand } from '../../../ir/header/header-format.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ErrorResponse } from '../../../kube/emissary/error-response.ts';
import { headerValueExpected } from '../../../problem/header-value.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';

type Overrides = readonly ErrorResponse[];

/** The pages that can be answered in place of errors; absent if there are none. */
export const errorPages = (overrides: Overrides = []): ErrorPages | undefined => {
  const pages = overrides.flatMap((override) => {
    const page = pageOf(override);
    return page === undefined || faultsOf(override).length > 0 ? [] : [page];
  });
  return pages.length === 0 ? undefined : { _tag: 'ErrorPages', pages };
};

const pageOf = ({ on_status_code: status, body }: ErrorResponse): ErrorPage | undefined => {
  const { text_format: text = '', json_format: fields, content_type: contentType } = body;
  if (text !== '')
    return definedOnly<ErrorPage>({ status, contentType, body: { _tag: 'Text', text } });
  return fields === undefined
    ? undefined
    : definedOnly<ErrorPage>({ status, contentType, body: { _tag: 'Json', fields } });
};

/** What is wrong with error pages: those that cannot be answered are left out. */
export const errorPageFaults = (
  object: ObjectRef,
  overrides: Overrides | undefined,
): readonly Problem[] =>
  overrides === undefined
    ? noProblems
    : overrides.flatMap((override, i) =>
        faultsOf(override).map(([field, expected, got]) => ({
          _tag: 'InvalidField' as const,
          object,
          field: `spec.error_response_overrides[${i}].body${field}`,
          expected,
          got,
        })),
      );

type Finding = readonly [field: string, expected: string, got: string];

const faultsOf = (override: ErrorResponse): readonly Finding[] => {
  const { text_format, json_format = {}, content_type, text_format_source } = override.body;
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['.text_format', text_format],
    ['.content_type', content_type],
    ...Object.entries(json_format).map(([name, text]) => [`.json_format.${name}`, text] as const),
  ];
  const findings = texts.flatMap(([field, text = '']): readonly Finding[] => {
    const found = foreignCommand(text);
    return found === undefined ? [] : [[field, headerValueExpected, found]];
  });
  // It would be a file of the machine that Envoy is on, which holds keys.
  if (text_format_source !== undefined)
    return [...findings, ['.text_format_source', `${way}, as no file is read; ${stays}`, 'a file']];
  if (pageOf(override) === undefined) return [...findings, ['', `${way}; ${stays}`, 'neither']];
  return text_format !== undefined && override.body.json_format !== undefined
    ? [...findings, ['', `${way}; ${stays}`, 'both']]
    : findings;
};

const way = 'text_format or json_format';
const stays = 'the error stays as it is';
