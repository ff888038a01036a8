import type { Problem } from './problem.ts';

/** What stands where a credential was. */
export const redaction = '[redacted]';

/** Whether a header or a query parameter of this name carries a credential. */
export const isCredential = (name: string): boolean =>
  /authorization|cookie|token|secret|passw|api[-_]?key|credential/i.test(name);

/**
 * A problem that quotes no credential: no value of a header or query parameter that carries one, nothing
 * that stands where all of them should, and no password of a URL.
 */
export const withoutCredentials = (problem: Problem): Problem => {
  if (problem._tag !== 'InvalidField') return problem;
  const [, name = ''] = /(?:headers|query_parameters)[.[](.*)/.exec(problem.field) ?? [];
  const isHidden = isCredential(name) || maps.test(problem.field);
  const got = isHidden ? redaction : withoutPasswords(problem.got);
  return got === problem.got ? problem : { ...problem, got };
};

/** The fields that hold values by the names of headers or parameters. */
const maps =
  /^spec\.(?:(?:add_request_|add_response_|regex_)?headers|(?:regex_)?query_parameters)$/;

/** `user:password@host` anywhere in a text; and what JSON says under the name of a credential. */
const withoutPasswords = (text: string): string =>
  text
    .replaceAll(/(["/\s]|^)([^"/\s:@]+):[^"/\s]*@/g, `$1$2:${redaction}@`)
    .replaceAll(/"([^"]+)":"(?:[^"\\]|\\.)*"?/g, (all: string, name: string) =>
      isCredential(name) ? `"${name}":"${redaction}"` : all,
    );
