import { mappingNumber } from '../cluster.ts';
import type { Gateway } from '../gateway.ts';
import { cpuMsOf } from '../process-use.ts';

/** How many Mappings change again and again, and how many times a second one of them does. */
const [churning, rate] = [5_000, 500];

/** Changes Mappings that nobody asks, on time; what is late is made up for. */
export const startChurn = ({ api }: Gateway, n: number): { readonly stop: () => void } => {
  const began = performance.now();
  let done = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - began) / 1000) * rate;
    for (; done < due; done += 1) {
      const i = (done % Math.min(churning, n)) | 1;
      api.say('MODIFIED', mappingNumber(n, i, { timeout_ms: 1000 + (done % 50_000) }));
    }
  }, 4);
  return { stop: () => clearInterval(timer) };
};

/** Begins to measure how much of a core both processes use; called, it says so in percent. */
export const watchProcessors = ({ headgate, envoyPid }: Gateway) => {
  const now = () => [performance.now(), cpuMsOf(headgate.pid), cpuMsOf(envoyPid)] as const;
  const [from, controlPlane, envoy] = now();
  return () => {
    const [to, controlPlaneTo, envoyTo] = now();
    const share = (ms: number): number => (100 * ms) / (to - from);
    return { controlPlane: share(controlPlaneTo - controlPlane), envoy: share(envoyTo - envoy) };
  };
};
