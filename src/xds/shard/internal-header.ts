import { serverNameHeader } from '../../ir/server-name.ts';

/**
 * Holds the name of the scope a request is routed by.
 *
 * Envoy sets it itself before it looks for a route, over what a client may have sent, and takes it off
 * before the request goes on.
 */
export const shardHeader = 'x-headgate-shard';

/**
 * The headers that never reach an upstream. The filters of Envoy see them, so one that asks another
 * service (there is none yet) must leave them out of what it sends.
 */
export const internalHeaders: readonly string[] = [shardHeader, serverNameHeader];
