import type { Logger } from 'pino';

import type { Published } from '../../plane/published.ts';
import type { Metrics } from '../../edge/admin/metrics.ts';
import type { AdsServer } from '../../edge/ads/ads-server.ts';
import type { AdsTelemetry } from '../../edge/ads/ads-telemetry.ts';
import type { Caller } from '../../edge/ads/stream-report.ts';
import type { Standing } from '../../edge/admin/standing.ts';
import { saidBefore } from '../../edge/said-before.ts';
import { allProblems } from '../../translate/assemble/problems.ts';
import { envoyProgress } from './envoy-progress.ts';

/** Turns what happens in a control plane into metrics and log lines. */
interface Observer {
  readonly published: (published: Published) => void;
  /** When something was published last, in milliseconds since the epoch. */
  readonly publishedAt: () => number | undefined;
  readonly envoys: (now: number) => Standing['envoys'];
  readonly stop: () => void;
}

const callerOf = ({ peer, client }: Caller): Caller =>
  client === undefined ? { peer } : { peer, client };

/** Observes the ADS server, and what is published when told. */
export const observe = (metrics: Metrics, log: Logger, server: AdsServer): Observer => {
  const progress = envoyProgress();
  const open = new Set<number>();
  const isRepeated = saidBefore();
  let problems: Published['translation']['problems'] | undefined;
  const elapsed = (until: 'written' | 'acked', seq: number, at: number): void => {
    const arrived = progress.arrivedAt(seq);
    if (arrived !== undefined) metrics.propagated(until, Math.max(0, at - arrived) / 1000);
  };
  const told = (event: AdsTelemetry): void => {
    progress.told(event);
    switch (event._tag) {
      case 'Opened':
        metrics.streams(open.add(event.stream).size);
        log.info(callerOf(event), 'an Envoy connected');
        return;
      case 'Closed':
        open.delete(event.stream);
        metrics.streams(open.size);
        if (event.failed) {
          metrics.streamFailed();
          log.error({ node: event.node, reason: event.reason }, 'the stream of an Envoy failed');
          return;
        }
        log.info({ node: event.node, reason: event.reason }, 'an Envoy disconnected');
        return;
      case 'Pushed':
        metrics.pushed(event.typeUrl, event.bytes, event.resources);
        elapsed('written', event.seq, event.at);
        return;
      case 'Acknowledged':
        metrics.acked(event.typeUrl);
        elapsed('acked', event.seq, event.at);
        return;
      case 'Refused':
        metrics.nacked(event.typeUrl, event.node);
        log[isRepeated(`${event.node} ${event.message}`) ? 'debug' : 'warn'](
          { node: event.node, type: event.typeUrl },
          `Envoy refused: ${event.message}`,
        );
    }
  };
  const subscription = server.telemetry$.subscribe(told);
  return {
    published: ({ snapshot, translation, batch }) => {
      progress.published(snapshot.seq, batch.at);
      metrics.snapshot(snapshot.resources);
      if (translation.problems !== problems) metrics.problems(allProblems(translation.problems));
      problems = translation.problems;
    },
    publishedAt: progress.publishedAt,
    envoys: progress.standing,
    stop: () => subscription.unsubscribe(),
  };
};
