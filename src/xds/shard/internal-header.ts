import { serverNameHeader } from '../../ir/server-name.ts';

/**
 * Holds the name of the scope a request is routed by.
 *
 * Envoy sets it before it looks for a route, replacing what a client may have sent, and removes it
 * before the request goes to the upstream.
 */
export const shardHeader = 'x-headgate-shard';

/**
 * The headers that never reach an upstream. The filters of Envoy see them, so one that asks another
 * service (there is none yet) must leave them out of what it sends.
 */
export const internalHeaders: readonly string[] = [shardHeader, serverNameHeader];
