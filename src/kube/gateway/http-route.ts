import type * as t from 'io-ts';

import { defaulted } from '../codec/defaulted.ts';
import { HeaderName } from '../codec/header-name.ts';
import { integer } from '../codec/integer.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { strict } from '../codec/strict.ts';
import { struct } from '../codec/struct.ts';
import { Path, text } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { HttpRouteFilter } from './filter.ts';
import { GatewayDuration } from './gateway-duration.ts';
import { RouteHostname, SectionName } from './names.ts';
import { ParentReference, weightedBackend } from './references.ts';

/** A value that is compared as it is, or with a regular expression. */
const Comparison = defaulted(oneOf('Exact', 'RegularExpression'), 'Exact');

const MatchValue = text(4096);

const HttpPathMatch = strict(
  struct(
    {
      type: defaulted(oneOf('Exact', 'PathPrefix', 'RegularExpression'), 'PathPrefix'),
      value: defaulted(Path, '/'),
    },
    {},
  ),
);

const anyPath: t.TypeOf<typeof HttpPathMatch> = { type: 'PathPrefix', value: '/' };

/** The requests a rule is for: everything that is said holds. */
const HttpRouteMatch = strict(
  struct(
    { path: defaulted(HttpPathMatch, anyPath) },
    {
      headers: list(strict(struct({ type: Comparison, name: HeaderName, value: MatchValue }, {}))),
      queryParams: list(
        strict(struct({ type: Comparison, name: text(256), value: MatchValue }, {})),
      ),
      method: oneOf('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'),
    },
  ),
);
export type HttpRouteMatch = t.TypeOf<typeof HttpRouteMatch>;

/** When a request is tried again. */
const Retry = struct(
  { attempts: defaulted(integer(0, 2_147_483_647), 1) },
  { codes: list(integer(400, 599)), backoff: GatewayDuration },
);

/** A Service that gets a share of the requests. */
const HttpBackend = weightedBackend({ filters: list(HttpRouteFilter, 64) });
export type HttpBackend = t.TypeOf<typeof HttpBackend>;

/** Where the requests go that one of the matches is for. */
const HttpRouteRule = struct(
  { matches: defaulted(list(HttpRouteMatch), [{ path: anyPath }]) },
  {
    name: SectionName,
    filters: list(HttpRouteFilter, 64),
    backendRefs: list(HttpBackend),
    timeouts: struct({}, { request: GatewayDuration, backendRequest: GatewayDuration }),
    retry: Retry,
  },
);
export type HttpRouteRule = t.TypeOf<typeof HttpRouteRule>;

/** gateway.networking.k8s.io HTTPRoute: where requests for some host names go. */
export const HTTPRoute = struct(
  {
    metadata: struct(metaFields, ageField),
    spec: struct(
      { rules: defaulted(list(HttpRouteRule), [{ matches: [{ path: anyPath }] }]) },
      { parentRefs: list(ParentReference), hostnames: list(RouteHostname) },
    ),
  },
  {},
);
export type HTTPRoute = t.TypeOf<typeof HTTPRoute>;
