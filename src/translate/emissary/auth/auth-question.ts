import { definedOnly } from '../../../collection/defined-only.ts';
import {
  errorStatuses,
  type ErrorStatus,
  type ExtAuthFilter,
} from '../../../ir/filter/ext-auth.ts';
import { framingHeaders } from '../../../ir/header/framing-headers.ts';
import type { AuthSpec } from '../../../kube/emissary/auth-service.ts';

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
    taken: names(usuallyTaken, spec.allowed_authorization_headers).filter(
      (name) => !framingHeaders.includes(name),
    ),
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

/** What clients are answered when the service fails; absent: 403, also where it is a status that Envoy does not have. */
export const statusOf = ({ status_on_error }: AuthSpec): ErrorStatus | undefined =>
  errorStatuses.find((status) => status === status_on_error?.code);
