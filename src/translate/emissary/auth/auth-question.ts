import { definedOnly } from '../../../collection/defined-only.ts';
import {
  errorStatuses,
  type ErrorStatus,
  type ExtAuthFilter,
} from '../../../ir/filter/ext-auth.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { AuthSpec } from '../../../kube/emissary/auth-service.ts';
import type { Problem } from '../../../problem/problem.ts';

/** What a service is asked and told, but not where it is. */
type AuthQuestion = Omit<ExtAuthFilter, '_tag' | 'cluster' | 'from'>;

/** The question that an AuthService stands for; its service is at `host:port`. */
export const authQuestion = (spec: AuthSpec, service: string): AuthQuestion =>
  definedOnly<AuthQuestion>({
    asks: spec.proto === 'grpc' ? { _tag: 'Grpc' } : overHttp(spec, service),
    timeout: spec.timeout_ms ?? 5000,
    body: bodyOf(spec),
    statusOnError: statusOf(spec),
    allowOnFailure: spec.failure_mode_allow === true ? true : undefined,
  });

/** What is wrong with an AuthService by itself; `fatal`: it cannot ask anybody. */
interface QuestionFaults {
  readonly fatal: readonly Problem[];
  readonly minor: readonly Problem[];
}

/** Looks for values that Envoy does not have, and for fields without effect. */
export const questionFaults = (object: ObjectRef, at: string, spec: AuthSpec): QuestionFaults => {
  const invalid = (field: string, expected: string, got: string): Problem => ({
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
            invalid('status_on_error.code', 'a status of HTTP from 200 on; 403 is used', `${code}`),
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
    ],
  };
};

/** Over gRPC a service is told of all headers, and may set all. */
const onlyHttp = [
  'path_prefix',
  'allowed_request_headers',
  'allowed_authorization_headers',
  'add_auth_headers',
  'add_linkerd_headers',
] as const;

const asksForSomething = (value: unknown): boolean => value !== undefined && value !== false;

const overHttp = (spec: AuthSpec, service: string): AuthQuestion['asks'] =>
  definedOnly<Extract<AuthQuestion['asks'], { readonly _tag: 'Http' }>>({
    _tag: 'Http',
    uri: `http://${service}`,
    pathPrefix: spec.path_prefix,
    told: names(usuallyTold, spec.allowed_request_headers),
    added: [
      ...Object.entries(spec.add_auth_headers ?? {}).map(([name, value]) => ({ name, value })),
      ...(spec.add_linkerd_headers === true ? [{ name: 'l5d-dst-override', value: service }] : []),
    ].sort((a, b) => (a.name < b.name ? -1 : 1)),
    taken: names(usuallyTaken, spec.allowed_authorization_headers),
  });

/** What a service over HTTP is told in any case, as in Emissary. */
const usuallyTold = [
  ...['authorization', 'cookie', 'from', 'proxy-authorization', 'user-agent'],
  ...['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'],
];

/** What it may say in any case. */
const usuallyTaken = [
  ...['authorization', 'location', 'proxy-authenticate', 'set-cookie', 'www-authenticate'],
];

const names = (usual: readonly string[], more: readonly string[] = []): readonly string[] =>
  [...new Set([...usual, ...more.map((name) => name.toLowerCase())])].sort();

const bodyOf = ({ include_body, allow_request_body }: AuthSpec): AuthQuestion['body'] => {
  if (include_body === undefined)
    return allow_request_body === true ? { maxBytes: 4096, allowPartial: true } : undefined;
  const { max_bytes: maxBytes, allow_partial: allowPartial } = include_body;
  return maxBytes === 0 ? undefined : { maxBytes, allowPartial };
};

const statusOf = ({ status_on_error }: AuthSpec): ErrorStatus | undefined =>
  errorStatuses.find((status) => status === status_on_error?.code);
