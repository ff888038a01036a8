import { setTimeout } from 'node:timers/promises';

import type { ProcessIdentity } from '../process/process-identity.ts';
import { isAlive, signal } from '../process/process-identity.ts';
import type { EnvoyAdmin } from './envoy-admin.ts';
import type { DrainTimes } from './envoy-command.ts';

/**
 * Ends an Envoy: drains it, asks it to leave, and kills it when it does not; returns when it is gone.
 *
 * Draining tells clients to go elsewhere (`Connection: close`, GOAWAY); the listeners close after
 * `atLeast`, and requests under way are then waited for. `now` cuts all of this short.
 */
export const endEnvoy = async (
  identity: ProcessIdentity,
  admin: EnvoyAdmin,
  times: DrainTimes,
  now: AbortSignal,
): Promise<void> => {
  await drain(identity, admin, times, now).catch(() => undefined);
  if (!now.aborted) {
    signal(identity, 'SIGTERM');
    await gone(identity, patience, now);
  }
  signal(identity, 'SIGKILL');
  await gone(identity, patience);
};

/** A healthy Envoy leaves within a tenth of a second. */
const patience = 3000;

const drain = async (
  identity: ProcessIdentity,
  admin: EnvoyAdmin,
  { atLeast, atMost }: DrainTimes,
  now: AbortSignal,
): Promise<void> => {
  const start = performance.now();
  const spent = (): number => performance.now() - start;
  await admin.post('/healthcheck/fail');
  await admin.post('/drain_listeners?graceful&skip_exit');
  while (spent() < atLeast && !now.aborted && isAlive(identity)) await pause(50, now);
  await admin.post('/drain_listeners');
  while (spent() < atMost && !now.aborted && isAlive(identity)) {
    if ((await active(admin, 'rq')) === 0) {
      if (spent() >= atLeast + idle || (await active(admin, 'cx')) === 0) return;
    }
    await pause(50, now);
  }
};

/**
 * How long connections without a request are kept. Each answer until then tells its client to
 * connect elsewhere, so a client that asks once a second has no request under way when its
 * connection is cut.
 */
const idle = 1000;

/** Open requests (upgraded connections too) or open connections of clients; not the admin's. */
const active = async (admin: EnvoyAdmin, what: 'rq' | 'cx'): Promise<number> => {
  const stats = await admin.stats(`^http\\..*\\.downstream_${what}_active$`);
  return [...stats].reduce(
    (sum, [name, count]) => (name.startsWith('http.admin.') ? sum : sum + count),
    0,
  );
};

const gone = async (
  identity: ProcessIdentity,
  within: number,
  now?: AbortSignal,
): Promise<void> => {
  const end = performance.now() + within;
  while (isAlive(identity) && performance.now() < end) {
    if (now?.aborted === true) return;
    await pause(20, now);
  }
};

const pause = async (milliseconds: number, now?: AbortSignal): Promise<void> => {
  await setTimeout(milliseconds, undefined, now === undefined ? {} : { signal: now }).catch(
    () => undefined,
  );
};
