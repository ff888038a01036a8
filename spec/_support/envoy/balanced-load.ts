import { Agent, request } from 'node:http';

import type { ExecutionContext } from 'ava';

/** What became of all requests. */
export interface BalancedReport {
  readonly sent: number;
  readonly failures: readonly string[];
}

/**
 * Sends a request every few milliseconds, on time, as long as a health check succeeds; every other
 * request has a connection of its own. Like a load balancer, it checks only from time to time.
 */
export const startBalancedLoad = (
  t: ExecutionContext,
  url: string,
  isHealthy: () => Promise<boolean>,
) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const pending = new Set<Promise<void>>();
  const failures: string[] = [];
  let healthy = true;
  let sent = 0;
  const send = async (fresh: boolean): Promise<void> =>
    await new Promise((resolve) => {
      const outgoing = request(url, { agent: fresh ? false : agent }, (incoming) => {
        if (incoming.statusCode !== 200) failures.push(String(incoming.statusCode));
        incoming.resume().once('close', () => resolve());
      });
      outgoing.once('error', ({ message }) => {
        failures.push(message);
        resolve();
      });
      outgoing.end();
    });
  const sending = setInterval(() => {
    if (!healthy) return;
    sent += 1;
    const answered = send(sent % 2 === 0);
    pending.add(answered);
    void answered.then(() => pending.delete(answered));
  }, 5);
  const look = async (): Promise<void> => {
    healthy = await isHealthy();
  };
  const looking = setInterval(() => void look(), 250);
  const stop = async (): Promise<BalancedReport> => {
    clearInterval(sending);
    clearInterval(looking);
    await Promise.all(pending);
    agent.destroy();
    return { sent, failures };
  };
  t.teardown(stop);
  return { stop, sent: () => sent };
};
