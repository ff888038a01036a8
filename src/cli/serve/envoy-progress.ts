import type { EnvoyPlace, EnvoysStanding, Standing } from '../../edge/admin/standing.ts';
import type { AdsTelemetry } from '../../edge/ads/ads-telemetry.ts';

/** How far each connected Envoy is behind what is published. */
interface EnvoyProgress {
  readonly published: (seq: number, at: number) => void;
  readonly told: (event: AdsTelemetry) => void;
  /** When the batch behind a snapshot came; the latest snapshots are remembered. */
  readonly arrivedAt: (seq: number) => number | undefined;
  readonly publishedAt: () => number | undefined;
  readonly standing: (now: number) => Standing['envoys'];
}

/** One ADS stream. */
interface Stream {
  readonly place: EnvoyPlace;
  /** The last snapshot that was answered; 0 before the first. */
  seq: number;
  /** Since when it lacks something that was published; absent while it lacks nothing. */
  since?: number | undefined;
}

/** How many snapshots are remembered, to tell how long each took to arrive. */
const remembered = 256;

/**
 * Notes what is published and answered. A publication costs a step for each Envoy that was in sync
 * until then, so no more than their answers.
 */
export const envoyProgress = (): EnvoyProgress => {
  const arrived = new Map<number, number>();
  const streams = new Map<number, Stream>();
  const inSync = new Set<Stream>();
  const appliedAt = new Map<EnvoyPlace, number>();
  let newest: { readonly seq: number; readonly at: number } | undefined;

  const answered = (stream: Stream, seq: number): void => {
    stream.seq = seq;
    const isBehind = newest !== undefined && seq < newest.seq;
    // Of one that is further behind than is remembered, at least so much is known.
    const oldest = (newest?.seq ?? 0) - remembered + 1;
    stream.since = isBehind ? arrived.get(Math.max(seq + 1, oldest)) : undefined;
    if (isBehind) inSync.delete(stream);
    else inSync.add(stream);
  };
  const of = (place: EnvoyPlace, now: number): EnvoysStanding => {
    const all = [...streams.values()].filter((stream) => stream.place === place);
    const behind = all.filter(({ since }) => since !== undefined);
    const at = appliedAt.get(place);
    return {
      inSync: newest === undefined ? 0 : all.length - behind.length,
      behind: {
        snapshots: Math.max(0, ...behind.map(({ seq }) => (newest?.seq ?? 0) - seq)),
        milliseconds: Math.max(0, ...behind.map(({ since = now }) => now - since)),
      },
      ...(at !== undefined && { appliedAt: at }),
    };
  };
  return {
    published: (seq, at) => {
      arrived.set(seq, at);
      arrived.delete(seq - remembered);
      newest = { seq, at };
      for (const stream of inSync) stream.since = at;
      inSync.clear();
    },
    told: (event) => {
      const stream = streams.get(event.stream);
      if (event._tag === 'Opened') {
        const place = event.client === undefined ? 'local' : 'remote';
        const opened: Stream = { place, seq: 0, since: newest && event.at };
        streams.set(event.stream, opened);
        if (newest === undefined) inSync.add(opened);
      } else if (event._tag === 'Closed' && stream !== undefined) {
        streams.delete(event.stream);
        inSync.delete(stream);
      } else if (event._tag === 'Answered' && stream !== undefined) {
        answered(stream, event.seq);
        appliedAt.set(stream.place, event.at);
      }
    },
    arrivedAt: (seq) => arrived.get(seq),
    publishedAt: () => newest?.at,
    standing: (now) => ({ local: of('local', now), remote: of('remote', now) }),
  };
};
