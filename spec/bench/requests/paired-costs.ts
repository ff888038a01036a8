import { withGateway, type Gateway, type GatewayOptions } from '../gateway.ts';
import { openLoop, type OpenLoopOptions } from '../open-loop.ts';
import { cpuMsOf } from '../process-use.ts';

/** A gateway with something in it, and what to ask of it. */
export interface Subject {
  readonly options: GatewayOptions;
  readonly prepare?: (gateway: Gateway) => Promise<void>;
  /** Requests in full, as `openLoop` sends them. */
  readonly requests: readonly string[];
}

/** The traffic of a round, and how many rounds count; one more comes first. */
interface Rounds extends Pick<OpenLoopOptions, 'rate' | 'seconds' | 'connections' | 'status'> {
  readonly rounds: number;
}

/**
 * The processor time of Envoy for a request in microseconds, a list for each subject. The rounds take turns, so that a
 * machine that changes its speed does so for all.
 */
export const pairedCosts = async (
  subjects: readonly Subject[],
  rounds: Rounds,
  gateways: readonly Gateway[] = [],
): Promise<readonly (readonly number[])[]> => {
  const subject = subjects[gateways.length];
  if (subject !== undefined)
    return await withGateway(subject.options, async (gateway) => {
      await subject.prepare?.(gateway);
      return await pairedCosts(subjects, rounds, [...gateways, gateway]);
    });
  const costs = subjects.map((): number[] => []);
  for (let turn = 0; turn <= rounds.rounds; turn += 1)
    for (const [i, gateway] of gateways.entries()) {
      const cost = await costOf(gateway, subjects[i]?.requests ?? [], rounds);
      if (turn > 0) costs[i]?.push(cost);
    }
  return costs;
};

/** What each round of one subject costs more than that of another one. */
export const addedCosts = (one: readonly number[], base: readonly number[]): readonly number[] =>
  one.map((cost, turn) => cost - (base[turn] ?? cost));

const costOf = async (
  { envoyPid, port }: Gateway,
  requests: readonly string[],
  traffic: Rounds,
): Promise<number> => {
  const before = cpuMsOf(envoyPid);
  const { answered } = await openLoop({ ...traffic, port, requests });
  return ((cpuMsOf(envoyPid) - before) * 1000) / answered;
};
