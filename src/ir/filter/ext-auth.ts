import type { ClusterName } from '../cluster.ts';
import type { ObjectRef } from '../object-ref.ts';

/** A service is asked whether a request may pass, and with which headers; else the client gets its answer. */
export interface ExtAuthFilter {
  readonly _tag: 'ExtAuth';
  /** Without this cluster nothing passes. */
  readonly cluster: ClusterName;
  readonly asks: AsksOverHttp | AsksOverGrpc;
  /** In milliseconds; the service has failed if it takes longer. */
  readonly timeout: number;
  /** What the service is told of the body of a request; absent: nothing. */
  readonly body?: { readonly maxBytes: number; readonly allowPartial: boolean };
  /** What clients are answered when the service fails; absent: 403. */
  readonly statusOnError?: ErrorStatus;
  /** Requests pass when the service fails. */
  readonly allowOnFailure?: true;
  readonly from: readonly ObjectRef[];
}

/** The statuses that Envoy can answer with when a service fails. */
export const errorStatuses = [
  ...([200, 201, 202, 203, 204, 205, 206, 207, 208, 226] as const),
  ...([300, 301, 302, 303, 304, 305, 307, 308] as const),
  ...([400, 401, 402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414] as const),
  ...([415, 416, 417, 421, 422, 423, 424, 426, 428, 429, 431] as const),
  ...([500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511] as const),
] as const;

/** One of these statuses. */
export type ErrorStatus = (typeof errorStatuses)[number];

/** With a request like that of the client; a status of 200 lets it pass. Names of headers are compared in any case. */
interface AsksOverHttp {
  readonly _tag: 'Http';
  /** `http://auth:3000` */
  readonly uri: string;
  /** Is put before the path of the request. */
  readonly pathPrefix?: string;
  /** The headers of the client that the service is told. */
  readonly told: readonly string[];
  /** More headers for the service, in place of those of the client. */
  readonly added: readonly { readonly name: string; readonly value: string }[];
  /** The headers of its answer that the request gets, in place of its own, or the client. */
  readonly taken: readonly string[];
}

/** With the protocol of Envoy (`envoy.service.auth.v3.Authorization`). */
interface AsksOverGrpc {
  readonly _tag: 'Grpc';
}

/** What a service that is asked over gRPC is told of a route. */
export interface ExtAuthSettings {
  readonly _tag: 'ExtAuth';
  readonly contextExtensions: Readonly<Record<string, string>>;
}
