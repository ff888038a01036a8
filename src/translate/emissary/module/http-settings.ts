import { definedOnly } from '../../../collection/defined-only.ts';
import type { ErrorPage } from '../../../ir/filter/error-pages.ts';
import type { ClientCertificateHeader, HttpSettings } from '../../../ir/http-options.ts';
import type { ModulePartOf } from '../../../kube/emissary/module/module-keys.ts';

/** How HTTP is spoken where a Module says this; absent where it asks for nothing. */
export const httpSettings = (
  said: ModulePartOf<'http'>,
  notFoundPage: ErrorPage | undefined,
): HttpSettings | undefined => {
  const settings = definedOnly<HttpSettings>({
    trustsForwardedFor: said.use_remote_address === false ? true : undefined,
    serverName: said.server_name === '' ? undefined : said.server_name,
    acceptsHttp10: asked(said.enable_http10),
    allowsChunkedLength: asked(said.allow_chunked_length),
    idleTimeout: said.listener_idle_timeout_ms === 0 ? undefined : said.listener_idle_timeout_ms,
    underscores: underscoresOf(said.headers_with_underscores_action),
    maxRequestHeadersKb: said.max_request_headers_kb,
    mergesSlashes: asked(said.merge_slashes),
    rejectsEscapedSlashes: asked(said.reject_requests_with_escaped_slashes),
    stripsMatchingPort: asked(said.strip_matching_host_port),
    keepsRequestId: asked(said.preserve_external_request_id),
    clientCertificate: clientCertificate(said),
    properCase: asked(said.proper_case),
    suppressesEnvoyHeaders: asked(said.suppress_envoy_headers),
    notFoundPage,
  });
  return Object.keys(settings).length === 0 ? undefined : settings;
};

const asked = (value: boolean | undefined): true | undefined => (value === true ? true : undefined);

const underscoresOf = (
  action: ModulePartOf<'http'>['headers_with_underscores_action'],
): HttpSettings['underscores'] => {
  switch (action) {
    case 'REJECT_REQUEST':
      return 'RejectRequest';
    case 'DROP_HEADER':
      return 'DropHeader';
    default:
      return undefined;
  }
};

/** Without `forward_client_cert_details` the header is dropped, and what it would tell does not matter. */
const clientCertificate = ({
  forward_client_cert_details: forward,
  set_current_client_cert_details: details = {},
}: ModulePartOf<'http'>): ClientCertificateHeader | undefined =>
  forward === undefined || forward === 'SANITIZE'
    ? undefined
    : {
        forward: forwards[forward],
        tells: (['subject', 'cert', 'chain', 'dns', 'uri'] as const).filter(
          (part) => details[part],
        ),
      };

const forwards = {
  FORWARD_ONLY: 'ForwardOnly',
  APPEND_FORWARD: 'AppendForward',
  SANITIZE_SET: 'SanitizeSet',
  ALWAYS_FORWARD_ONLY: 'AlwaysForwardOnly',
} as const;
