import * as t from 'io-ts';

import { AnyObject } from '../codec/any-object.ts';
import { defaulted } from '../codec/defaulted.ts';
import { HeaderName } from '../codec/header-name.ts';
import { HeaderValue } from '../codec/header-value.ts';
import { integer } from '../codec/integer.ts';
import { list } from '../codec/list.ts';
import { oneNumberOf, oneOf } from '../codec/one-of.ts';
import { Port } from '../codec/port.ts';
import { struct } from '../codec/struct.ts';
import { Path, text } from '../codec/text.ts';
import { PreciseHostname } from './names.ts';
import { BackendReference, LocalReference } from './references.ts';

const Header = struct({ name: HeaderName, value: HeaderValue }, {});

/** Headers that are set, added and removed; whether they may be is the business of who translates them. */
const HeaderModifier = struct(
  {},
  { set: list(Header, 64), add: list(Header, 64), remove: list(text(4096), 64) },
);
export type HeaderModifier = t.TypeOf<typeof HeaderModifier>;

const int32 = 2_147_483_647;

/** Where a copy of a request goes, and the share of requests that are copied. */
const RequestMirror = struct(
  { backendRef: BackendReference },
  {
    percent: integer(0, 100),
    fraction: struct(
      { numerator: integer(0, int32), denominator: defaulted(integer(1, int32), 100) },
      {},
    ),
  },
);
export type RequestMirror = t.TypeOf<typeof RequestMirror>;

/** How a path changes. */
const PathModifier = struct(
  { type: oneOf('ReplaceFullPath', 'ReplacePrefixMatch') },
  { replaceFullPath: Path, replacePrefixMatch: Path },
);
export type PathModifier = t.TypeOf<typeof PathModifier>;

/** Where the client is sent instead. */
const RequestRedirect = struct(
  { statusCode: defaulted(oneNumberOf(301, 302, 303, 307, 308), 302) },
  { scheme: oneOf('http', 'https'), hostname: PreciseHostname, path: PathModifier, port: Port },
);
export type RequestRedirect = t.TypeOf<typeof RequestRedirect>;

/** What changes in the host and the path of a request on its way to a backend. */
const UrlRewrite = struct({}, { hostname: PreciseHostname, path: PathModifier });
export type UrlRewrite = t.TypeOf<typeof UrlRewrite>;

/** Cross-origin resource sharing. */
const Cors = struct(
  { maxAge: defaulted(integer(1, int32), 5) },
  {
    allowOrigins: list(text(253), 64),
    allowCredentials: t.boolean,
    allowMethods: list(text(64), 64),
    allowHeaders: list(HeaderName, 64),
    exposeHeaders: list(HeaderName, 64),
  },
);
export type Cors = t.TypeOf<typeof Cors>;

/** What happens to the requests of a rule, or of a backend. Which field counts is said by `type`. */
export const HttpRouteFilter = struct(
  { type: text(64) },
  {
    requestHeaderModifier: HeaderModifier,
    responseHeaderModifier: HeaderModifier,
    requestMirror: RequestMirror,
    requestRedirect: RequestRedirect,
    urlRewrite: UrlRewrite,
    cors: Cors,
    externalAuth: AnyObject,
    extensionRef: LocalReference,
  },
);
export type HttpRouteFilter = t.TypeOf<typeof HttpRouteFilter>;

/** As `HttpRouteFilter`, for gRPC. */
export const GrpcRouteFilter = struct(
  { type: text(64) },
  {
    requestHeaderModifier: HeaderModifier,
    responseHeaderModifier: HeaderModifier,
    requestMirror: RequestMirror,
    extensionRef: LocalReference,
  },
);
export type GrpcRouteFilter = t.TypeOf<typeof GrpcRouteFilter>;
