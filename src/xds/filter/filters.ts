import type { ConfiguredFilter, FilterSettings } from '../../ir/filter/filter.ts';
import { addressRules } from './address-rules.ts';
import { buffer } from './buffer.ts';
import { missing, type MissingFilter } from './closed.ts';
import { cors } from './cors.ts';
import { errorPages } from './error-pages.ts';
import { extAuth } from './ext-auth.ts';
import type { Configured, FilterKind } from './filter-kind.ts';
import { grpcBridge, grpcStats, grpcWeb } from './grpc.ts';
import { gzip } from './gzip.ts';
import { probe } from './probe.ts';
import { rateLimit } from './rate-limit.ts';
import { script } from './script.ts';
import { shards, type ShardFilter, type ShardSettings } from './shards.ts';

/**
 * Every kind of HTTP filter, in the order in which a request meets them, whatever the order in which a
 * chain lists them. Behind all of them stands the router, which answers the request.
 */
export const filters: Filters = {
  // All others take settings from the route. In a table that is cut, this one finds the right route.
  Shards: shards,
  // Its kind is unknown: it could be any of those below, so it comes before all of them.
  Missing: missing,
  // Who may not come at all is nobody's work: no script runs, and no body is waited for.
  Addresses: addressRules,
  // Whether the gateway is well is asked without credentials, and answered although others do not answer.
  Probe: probe,
  // What it answers is the last word: a page for an error is what the client gets.
  ErrorPages: errorPages,
  // What follows sees gRPC, whatever a client speaks.
  GrpcBridge: grpcBridge,
  GrpcWeb: grpcWeb,
  GrpcStats: grpcStats,
  // As in Emissary it sees requests before anybody checks them; it can be what checks them.
  Script: script,
  // What others add to a response is compressed too.
  Gzip: gzip,
  // A preflight request has no credentials, so filters that ask for some come after this one.
  Cors: cors,
  // What comes after it is only for requests that may pass; a limit can count who is asking.
  ExtAuth: extAuth,
  // What is refused before is not counted; its answer comes before any waiting for a body.
  RateLimit: rateLimit,
  // It waits for the whole body, so filters that can answer after the headers come before it.
  Buffer: buffer,
};

/** A filter that can be encoded: one of the IR, or one of `xds` itself, which the IR does not know. */
export type EncodableFilter = ConfiguredFilter | ShardFilter | MissingFilter;

type Filters = { readonly Missing: Configured<MissingFilter> } & {
  readonly [T in Exclude<EncodableFilter, MissingFilter>['_tag']]: [SettingsOf<T>] extends [never]
    ? Configured<OfKind<EncodableFilter, T>>
    : FilterKind<OfKind<EncodableFilter, T>, SettingsOf<T>>;
};

type SettingsOf<T> = T extends 'Shards' ? ShardSettings : OfKind<FilterSettings, T>;

type OfKind<A, T> = Extract<A, { readonly _tag: T }>;
