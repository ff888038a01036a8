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
  /** Requests that reached their back end although nobody had let them pass. */
  readonly unguarded: string[];
}

/** The header with the number of a request. */
export const numberHeader = 'x-number';

/** Counts for the kind that is being edited. */
export interface Counts {
  readonly of: (kind: string) => Tally;
  /** The tally of what is edited now. */
  readonly now: () => Tally;
  readonly begin: (kind: string) => void;
  /** The number of one more request; they are counted from 1 on. */
  readonly next: () => number;
  /** The number of the newest request. */
  readonly newest: () => number;
}

/** Counts by kind; before the first edit, for `nothing`. */
export const startCounts = (): Counts => {
  const all = new Map<string, Tally>();
  const of = (kind: string): Tally => {
    const tally = all.get(kind) ?? { ...zeros, failed: [], dropped: [], unguarded: [] };
    all.set(kind, tally);
    return tally;
  };
  let current = of('nothing');
  let newest = 0;
  return {
    of,
    now: () => current,
    begin: (kind) => {
      current = of(kind);
    },
    next: () => {
      newest += 1;
      return newest;
    },
    newest: () => newest,
  };
};

const zeros = { edits: 0, answered: 0, drained: 0, left: 0 };

/** The counts as a table. */
export const showTallies = (counts: Counts, kinds: readonly string[]): string =>
  [
    ['edited', 'edits', 'answered', 'failed', 'dropped', 'unguarded', 'drained', 'left'],
    ...kinds.map((kind) => {
      const { edits, answered, failed, dropped, unguarded, drained, left } = counts.of(kind);
      const faults = [failed, dropped, unguarded].map(({ length }) => length);
      return [kind, edits, answered, ...faults, drained, left].map(String);
    }),
  ]
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(28) : cell.padStart(10))).join(''))
    .join('\n');
