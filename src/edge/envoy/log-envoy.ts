import type { Logger } from 'pino';

import { messageOf } from '../message-of.ts';
import { saidBefore } from '../said-before.ts';
import type { EnvoyEvent } from './envoy-supervisor.ts';

/**
 * Writes what happens to Envoy, and what it says itself, into our log.
 *
 * Envoy's `info` is our `debug`: it lists its extensions at each start, which no user asked for. So
 * are its warnings that it was asked to end, which only we do, and that its stream has ended, which
 * the ADS server logs as well. What it refuses is said once and is `debug` when it is tried again, as a port that
 * is taken is.
 */
export const logEnvoy = (log: Logger): ((event: EnvoyEvent) => void) => {
  const own = log.child({ component: 'envoy' });
  const isRepeated = saidBefore();
  return (event) => {
    switch (event._tag) {
      case 'Started': {
        const { pid, version, adopted } = event;
        own.info({ pid, version }, adopted ? 'took over the running Envoy' : 'Envoy started');
        return;
      }
      case 'Logged': {
        const { level, component, message } = event.entry;
        const by = component === '' ? own : log.child({ component: `envoy/${component}` });
        const expected =
          level === 'info' ||
          message === 'caught ENVOY_SIGTERM' ||
          hungUp.test(message) ||
          (refusal.test(message) && isRepeated(message));
        by[expected ? 'debug' : level](message);
        return;
      }
      case 'Written':
        return;
      case 'Restarting': {
        const { error, delay } = event;
        own.error(`${messageOf(error)}; starting it again in ${delay} ms`);
        return;
      }
      case 'Stopped':
        own.info('Envoy stopped');
    }
  };
};

const refusal = / rejected: | failed to bind /;

const hungUp =
  /^DeltaAggregatedResources gRPC config stream .* upstream_reset_after_response_started\{connection_termination\}$/;
