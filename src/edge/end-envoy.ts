import { setTimeout } from 'node:timers/promises';

import type { EnvoyAdmin } from './envoy-admin.ts';
import type { DrainTimes } from './envoy-command.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { isAlive, signal } from './process-identity.ts';

/**
 * Ends an Envoy: drains it, asks it to leave, and kills it when it does not; returns when it is gone.
 *
 * Draining tells clients to go elsewhere (`Connection: close`, GOAWAY); only after `atLeast` do the
 * listeners close, and what is being answered is then waited for. `now` cuts all of this short.
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

/** Envoy leaves within a tenth of a second when it is well. */
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
    if ((await activeRequests(admin)) === 0) return;
    await pause(50, now);
  }
};

/** Requests and upgraded connections that clients still have open, the admin's own aside. */
const activeRequests = async (admin: EnvoyAdmin): Promise<number> => {
  const stats = await admin.stats('^http\\..*\\.downstream_rq_active$');
  return [...stats].reduce(
    (sum, [name, active]) => (name === 'http.admin.downstream_rq_active' ? sum : sum + active),
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
