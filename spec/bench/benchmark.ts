/** One question about speed, memory or bytes, and how it is answered. */
export interface Benchmark {
  /** What `npm run bench -- NAME` takes; the name of its file. */
  readonly name: string;
  /** What is measured, from what to what, in a sentence or two: what counts and what does not. */
  readonly what: string;
  /** What the project promises, for people: `p50 0.5 ms, p99 3 ms`. */
  readonly aim: string;
  /** The sizes it is run at when nobody asks for others; what a size counts is said in `what`. */
  readonly sizes: readonly number[];
  /** Whether it needs a network in which every address of `10.77.0.0/16` is this machine. */
  readonly ownNetwork?: true;
  /** Runs in a process of its own, warms up first, and ends everything that it starts. */
  readonly run: (options: RunOptions) => Promise<readonly Row[]>;
}

/** How a benchmark is run. */
export interface RunOptions {
  /** In ascending order. */
  readonly sizes: readonly number[];
  /** How often each thing is measured; large sizes may make do with fewer. */
  readonly samples: number;
  /** Tells people how far it is. */
  readonly progress: (line: string) => void;
}

/** One figure, measured once or many times. */
export interface Row {
  /** What it is the figure of: `route-change, own Hosts`. */
  readonly what: string;
  /** The size it was measured at; rows of the same `what` are compared to the smallest one. */
  readonly n: number;
  readonly unit: Unit;
  /** The median of many, or the only one. */
  readonly p50: number;
  readonly p99?: number;
  readonly max?: number;
  readonly samples?: number;
  /** What it is meant to be. */
  readonly aim?: Aim;
  /** A ratio that counts more than the one to the smallest size: `1.1× idle`. */
  readonly ratio?: string;
  readonly note?: string;
}

/** What a figure counts. */
export type Unit = 'ms' | 's' | 'µs' | 'bytes' | 'KiB' | 'MiB' | 'events/s' | 'count' | '%' | '×';

/** The limits of a figure. */
export interface Aim {
  readonly p50?: number;
  readonly p99?: number;
  readonly max?: number;
  /** A figure that must not be lower, as a rate. */
  readonly least?: number;
}
