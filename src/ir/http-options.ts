import type { LogService } from './access-log/log-service.ts';
import type { Tracing } from './access-log/tracing.ts';
import type { ErrorPage } from './filter/error-pages.ts';
import type { ObjectRef } from './object-ref.ts';

/** What all HTTP connections of a listener have in common; its chains share the value. */
export interface HttpOptions {
  /** Begins the names of statistics. */
  readonly statPrefix: string;
  /** How many proxies in front are trusted (`xff_num_trusted_hops`). */
  readonly trustedHops: number;
  readonly http2MaxConcurrentStreams?: number;
  /** The services that are told of each request, beside the access log of the listener; absent: none. */
  readonly logServices?: readonly LogService[];
  /** Absent: no request is traced. */
  readonly tracing?: Tracing;
  /** What a language asks for beside that; what is absent is as Headgate has it for everybody. */
  readonly settings?: HttpSettings;
  /** The objects that ask for it, beside those of the listener. */
  readonly from?: readonly ObjectRef[];
}

/** How HTTP is spoken with clients, as far as somebody says so. */
export interface HttpSettings {
  /** A client is who `x-forwarded-for` says it is, and no header of it is changed. */
  readonly trustsForwardedFor?: true;
  /** What the header `server` says. */
  readonly serverName?: string;
  /** HTTP/1.0 is answered. */
  readonly acceptsHttp10?: true;
  /** A request may have both a length and chunks; the chunks count. */
  readonly allowsChunkedLength?: true;
  /** After so many milliseconds without a request a connection is closed. */
  readonly idleTimeout?: number;
  /** What becomes of headers with `_` in their names; absent: nothing. */
  readonly underscores?: 'RejectRequest' | 'DropHeader';
  /** How large the headers of a request may be, in KiB. */
  readonly maxRequestHeadersKb?: number;
  readonly mergesSlashes?: true;
  /** A path with `%2F` or `%5C` is answered 400. */
  readonly rejectsEscapedSlashes?: true;
  /** Back ends are told the name of a host without the port, if that is the port of the listener. */
  readonly stripsMatchingPort?: true;
  /** The `x-request-id` of a client counts. */
  readonly keepsRequestId?: true;
  readonly clientCertificate?: ClientCertificateHeader;
  /** Names of headers are written `Like-This` to clients of HTTP/1. */
  readonly properCase?: true;
  /** No response has a header `x-envoy-…`. */
  readonly suppressesEnvoyHeaders?: true;
  /** What a request that no route takes is answered with the status 404. */
  readonly notFoundPage?: ErrorPage;
}

/** What `x-forwarded-client-cert` tells back ends. */
export interface ClientCertificateHeader {
  readonly forward: 'ForwardOnly' | 'AppendForward' | 'SanitizeSet' | 'AlwaysForwardOnly';
  /** The parts of the client's certificate that are told. */
  readonly tells: readonly ('subject' | 'cert' | 'chain' | 'dns' | 'uri')[];
}

/** How much work one connection of a client may make, on all listeners of an Envoy. */
export interface ConnectionLimits {
  /** How many of its requests are begun before other connections have their turn. */
  readonly requestsPerTurn?: number;
  /**
   * From so many ended requests on, a connection is closed when half of them were reset early; sooner where
   * that is bound to come.
   */
  readonly requestsBeforeResetsCount?: number;
  /** A request is reset early within so many seconds. */
  readonly earlyResetSeconds?: number;
  readonly from: readonly ObjectRef[];
}
