import * as t from 'io-ts';

import { AnyObject } from '../codec/any-object.ts';
import { dictionary } from '../codec/dictionary.ts';
import { Milliseconds } from '../codec/integer.ts';
import { list, nonEmptyList } from '../codec/list.ts';
import { oneNumberOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';
import { Hostname, Name, Path, pattern, SentPath } from '../codec/text.ts';
import { Cors } from './cors.ts';
import { ErrorResponse } from './error-response.ts';
import { AddedHeaders, RemovedHeaders } from './header-mutation.ts';
import { RateLimitLabels } from './rate-limit-labels.ts';
import { RegexRewrite } from './regex-rewrite.ts';
import { RetryPolicy } from './retry-policy.ts';

const UpgradeType = pattern(
  'the name of a protocol (a token of at most 253 characters)',
  253,
  /^[!#$%&'*+\-.^_`|~0-9A-Za-z/]+$/,
);

/** The fields by which a Mapping says what happens to a request and its response. */
export const mappingHandling = {
  rewrite: SentPath,
  regex_rewrite: RegexRewrite,
  host_rewrite: Hostname,
  auto_host_rewrite: t.boolean,
  host_redirect: t.boolean,
  path_redirect: SentPath,
  prefix_redirect: SentPath,
  regex_redirect: RegexRewrite,
  redirect_response_code: oneNumberOf(301, 302, 303, 307, 308),
  timeout_ms: Milliseconds,
  idle_timeout_ms: Milliseconds,
  priority: Name,
  retry_policy: RetryPolicy,
  cors: Cors,
  allow_upgrade: list(UpgradeType),
  use_websocket: t.boolean,
  add_request_headers: AddedHeaders,
  add_response_headers: AddedHeaders,
  remove_request_headers: RemovedHeaders,
  remove_response_headers: RemovedHeaders,
  add_linkerd_headers: t.boolean,
  bypass_auth: t.boolean,
  auth_context_extensions: dictionary(t.string, t.string),
  error_response_overrides: nonEmptyList(ErrorResponse, 200),
  bypass_error_response_overrides: t.boolean,
  labels: RateLimitLabels,
  docs: struct(
    {},
    {
      display_name: Name,
      ignored: t.boolean,
      path: Path,
      timeout_ms: Milliseconds,
      url: Path,
    },
  ),
  envoy_override: AnyObject,
  modules: list(AnyObject),
};
