import { setTimeout } from 'node:timers/promises';

import type { AdsTelemetry } from '../../../src/edge/ads/ads-telemetry.ts';
import type { PipelineEvent } from '../../../src/journal/batch.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import type { Published } from '../../../src/plane/published.ts';

/** Measures how long events take to be acknowledged by every Envoy. */
export interface Propagation {
  /** An event that changes load assignments, and when it was due. */
  readonly arrived: (event: PipelineEvent, at: number) => void;
  readonly published: (published: Published) => void;
  readonly told: (told: AdsTelemetry) => void;
  /** Waits until all that arrived is acknowledged, and gives the milliseconds each took. */
  readonly settled: () => Promise<readonly number[]>;
}

/** For so many Envoys. */
export const propagation = (envoys: number): Propagation => {
  const arrivals = new Map<PipelineEvent, number>();
  const waiting: { readonly seq: number; readonly at: number }[] = [];
  const acknowledged = new Map<number, number>();
  let times: number[] = [];
  return {
    arrived: (event, at) => arrivals.set(event, at),
    published: ({ snapshot: { seq }, batch }) => {
      for (const event of batch.events) {
        const at = arrivals.get(event);
        if (at !== undefined) waiting.push({ seq, at });
        arrivals.delete(event);
      }
    },
    told: (told) => {
      if (told._tag !== 'Acknowledged' || told.typeUrl !== TypeUrl.Endpoints) return;
      acknowledged.set(told.stream, told.seq);
      const level = acknowledged.size < envoys ? 0 : Math.min(...acknowledged.values());
      const now = performance.now();
      const left = waiting.findIndex(({ seq }) => seq > level);
      const done = waiting.splice(0, left === -1 ? waiting.length : left);
      for (const { at } of done) times.push(now - at);
    },
    settled: async () => {
      const end = performance.now() + 20_000;
      while (arrivals.size + waiting.length > 0) {
        if (performance.now() > end)
          throw new Error(`${arrivals.size + waiting.length} events were not acknowledged`);
        await setTimeout(5);
      }
      const found = times;
      times = [];
      return found;
    },
  };
};
