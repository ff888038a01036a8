import { framingHeaders } from '../../../ir/header/framing-headers.ts';
import { foreignCommand } from '../../../ir/header/header-format.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { AuthSpec } from '../../../kube/emissary/auth-service.ts';
import { headerValueExpected } from '../../../problem/header-value.ts';
import type { Problem } from '../../../problem/problem.ts';
import { statusOf } from './auth-question.ts';

/** What is wrong with an AuthService by itself; `fatal`: it cannot ask anybody. */
interface QuestionFaults {
  readonly fatal: readonly Problem[];
  readonly minor: readonly Problem[];
}

/** Looks for values that Envoy does not have, and for fields without effect. */
export const questionFaults = (object: ObjectRef, at: string, spec: AuthSpec): QuestionFaults => {
  const invalid: Invalid = (field, expected, got) => ({
    _tag: 'InvalidField',
    object,
    field: `${at}.${field}`,
    expected,
    got,
  });
  const { proto, protocol_version: version = 'v2', include_body, status_on_error } = spec;
  const code = status_on_error?.code;
  const isKnown = code === undefined || statusOf(spec) !== undefined;
  return {
    fatal:
      proto === 'grpc' && version !== 'v3'
        ? [invalid('protocol_version', 'v3 with proto grpc; there is no other', version)]
        : [],
    minor: [
      ...(proto === 'grpc'
        ? onlyHttp
            .filter((field) => asksForSomething(spec[field]))
            .map((field) => invalid(field, 'proto http with it', 'proto grpc'))
        : []),
      ...(isKnown
        ? []
        : [
            invalid(
              'status_on_error.code',
              'a status that Envoy answers with, such as 403, 429 or 503; 403 is used',
              `${code}`,
            ),
          ]),
      ...(include_body?.max_bytes === 0
        ? [invalid('include_body.max_bytes', '1 or more; the body is not sent', '0')]
        : []),
      ...(include_body !== undefined && spec.allow_request_body === true
        ? [
            invalid(
              'allow_request_body',
              'include_body or allow_request_body, of which include_body counts',
              'both',
            ),
          ]
        : []),
      ...(proto === 'grpc' ? [] : headerFaults(spec, invalid)),
    ],
  };
};

type Invalid = (field: string, expected: string, got: string) => Problem;

/** Names that name nothing, and values that say more than text. */
const headerFaults = (spec: AuthSpec, invalid: Invalid): readonly Problem[] => [
  ...(['allowed_request_headers', 'allowed_authorization_headers'] as const).flatMap((field) =>
    (spec[field] ?? []).flatMap((name, i) =>
      name.includes('*')
        ? [invalid(`${field}[${i}]`, 'the whole name of a header: * is no pattern', name)]
        : [],
    ),
  ),
  ...(spec.allowed_authorization_headers ?? []).flatMap((name, i) =>
    framingHeaders.includes(name.toLowerCase())
      ? [
          invalid(
            `allowed_authorization_headers[${i}]`,
            'a header that does not frame messages or connections; it is taken from no answer',
            name,
          ),
        ]
      : [],
  ),
  ...Object.entries(spec.add_auth_headers ?? {}).flatMap(([name, value]) => {
    const got = foreignCommand(value);
    return got === undefined
      ? []
      : [invalid(`add_auth_headers.${name}`, `${headerValueExpected}; it is sent as it is`, got)];
  }),
];

/** Over gRPC a service is told of all headers, and may set all. */
const onlyHttp = [
  'path_prefix',
  'allowed_request_headers',
  'allowed_authorization_headers',
  'add_auth_headers',
  'add_linkerd_headers',
] as const;

const asksForSomething = (value: unknown): boolean => value !== undefined && value !== false;
