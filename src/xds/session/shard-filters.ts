import { keys } from '../../collection/collection.ts';
import { isShardFilter } from '../shard/shard.ts';
import type { Session } from './session.ts';

/** Whether an Envoy asks for the filter of a table, and so uses scopes. */
export const asksForShards = ({ subscription }: Pick<Session, 'subscription'>): boolean =>
  subscription !== undefined && hasShardFilter(keys(subscription.names));

/** Whether it holds one. */
export const holdsShards = ({ held }: Pick<Session, 'held'>): boolean => hasShardFilter(keys(held));

const hasShardFilter = (names: Iterable<string>): boolean => {
  for (const name of names) if (isShardFilter(name)) return true;
  return false;
};
