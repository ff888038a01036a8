import type { AConsul } from './a-consul.ts';
import { startRealAgent } from './real-agent.ts';
import { startStandIn } from './stand-in.ts';

/** Whether the real agent is asked too: it takes many minutes to build. */
const isLong = process.env['HEADGATE_LONG'] !== undefined;

/** The agents that a spec is to hold for: the stand-in, and with `HEADGATE_LONG` the real one. */
export const agents: Readonly<Record<string, () => Promise<AConsul>>> = {
  'a stand-in': startStandIn,
  ...(isLong && { 'the real agent': startRealAgent }),
};
