import type { Port } from '../../../src/ir/port.ts';
import type { Route } from '../../../src/ir/route.ts';
import { freePort } from '../process/free-port.ts';
import { aChain, aClusterAt, aListener, anIr, aVirtualHost } from '../world/an-ir.ts';
import { anIrInEnvoy } from './an-ir-in-envoy.ts';
import { ask, type Answer, type Question } from './ask.ts';

/** A real Envoy that has these routes for every host. */
interface RoutesInEnvoy {
  readonly ask: (question: Partial<Question>) => Promise<Answer>;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Starts it with a cluster for each backend on this machine, given by the port of the backend. */
export const routesInEnvoy = async (
  routes: readonly Route[],
  backends: Readonly<Record<string, number>> = {},
): Promise<RoutesInEnvoy> => {
  const port = (await freePort()) as Port;
  const envoy = await anIrInEnvoy();
  const { refused } = await envoy.serve(
    anIr({
      listeners: [aListener({ port })],
      filterChains: [aChain()],
      virtualHosts: [aVirtualHost('*', ...routes)],
      clusters: Object.entries(backends).map(([name, at]) =>
        aClusterAt(name, at, { statName: name }),
      ),
    }),
  );
  if (refused.length > 0) throw new Error(`Envoy refuses ${JSON.stringify(refused)}`);
  return {
    ask: async (question) => await ask({ port, ...question }),
    port,
    stop: envoy.stop,
  };
};
