import { fold } from '../../collection/operator/fold.ts';
import { isShardFilter } from '../shard/shard.ts';
import type { Session } from './session.ts';

/** Whether an Envoy asks for the filter of a table, and so uses scopes. */
export const asksForShards = ({ subscription }: Pick<Session, 'subscription'>): boolean =>
  subscription !== undefined && hasShardFilter(subscription.names);

/** Whether it holds one. */
export const holdsShards = ({ held }: Pick<Session, 'held'>): boolean => hasShardFilter(held);

/** Asked at each step of a conversation, and so computed by change: there can be many filters. */
const hasShardFilter = fold<string, unknown, boolean>(
  (_, name) => isShardFilter(name),
  (parts) => parts.includes(true),
);
