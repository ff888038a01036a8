import type { EnvoyAdmin } from '../../../src/edge/envoy/envoy-admin.ts';

/**
 * Whether an Envoy uses all it has accepted. Accepted is not enough: a listener or cluster that waits for
 * others does not serve yet.
 */
export const isWarm = async (envoy: EnvoyAdmin): Promise<boolean> => {
  const stats = await envoy.stats('warming|workers_started');
  return (
    stats.get('listener_manager.workers_started') === 1 &&
    stats.get('listener_manager.total_listeners_warming') === 0 &&
    stats.get('cluster_manager.warming_clusters') === 0
  );
};
