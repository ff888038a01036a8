/** What became of traffic while objects of one kind were edited. */
export interface Tally {
  edits: number;
  /** Requests that were answered, and messages that came back on lasting streams. */
  answered: number;
  readonly failed: string[];
  /** Filter chains and listeners that Envoy replaced or took away: it asks clients to leave their connections. */
  drained: number;
  /** Connections that clients were asked to leave meanwhile, be it for an earlier edit: Envoy asks them little by little. */
  left: number;
  /** Connections and streams that ended without a word. */
  readonly dropped: string[];
}

/** Counts for the kind that is being edited. */
export interface Counts {
  readonly of: (kind: string) => Tally;
  /** The tally of what is edited now. */
  readonly now: () => Tally;
  readonly begin: (kind: string) => void;
}

/** Counts by kind; before the first edit, for `nothing`. */
export const startCounts = (): Counts => {
  const all = new Map<string, Tally>();
  const of = (kind: string): Tally => {
    const tally = all.get(kind) ?? { ...zeros, failed: [], dropped: [] };
    all.set(kind, tally);
    return tally;
  };
  let current = of('nothing');
  return {
    of,
    now: () => current,
    begin: (kind) => {
      current = of(kind);
    },
  };
};

const zeros = { edits: 0, answered: 0, drained: 0, left: 0 };

/** The counts as a table. */
export const showTallies = (counts: Counts, kinds: readonly string[]): string =>
  [
    ['edited', 'edits', 'answered', 'failed', 'dropped', 'drained', 'left'],
    ...kinds.map((kind) => {
      const { edits, answered, failed, dropped, drained, left } = counts.of(kind);
      return [kind, edits, answered, failed.length, dropped.length, drained, left].map(String);
    }),
  ]
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(16) : cell.padStart(9))).join(''))
    .join('\n');
