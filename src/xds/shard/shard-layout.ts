import { fold, type Folded } from '../../collection/operator/fold.ts';
import { allLabels, fixedLabels, wholeTable, type ShardLayout } from './shard.ts';

/**
 * How many domains a table has, and how many of them are patterns: this decides how the table is
 * cut.
 */
export interface HostCounts {
  readonly domains: number;
  /** At index `n`: how many patterns share `n` labels with every host that they match. */
  readonly patterns: readonly number[];
}

/** Counts the domains of a table; after a change it counts only along the path to it. */
export const hostCounts: Folded<string, unknown, HostCounts> = fold(
  (_, key: string) => hostCountsOf(key.slice(key.indexOf(' ') + 1)),
  (below) => ({
    domains: below.reduce((sum, { domains }) => sum + domains, 0),
    patterns: below.map(({ patterns }) => patterns).reduce(added, none),
  }),
);

/**
 * How to cut a table. A former layout stays until it is clearly wrong, so that a table near a
 * threshold does not change back and forth: a table is cut further when its pieces are too large on
 * average, and joined at half of that.
 *
 * A pattern whose hosts may lie in any piece is copied into all. As many labels are hashed as the
 * copies allow: the more, the more evenly the hosts are spread. When no number of labels allows a cut,
 * there are fewer pieces.
 */
export const shardLayout = (before: ShardLayout | undefined, counts: HostCounts): ShardLayout => {
  const at = steps.findLastIndex(
    ({ from }, i) =>
      counts.domains >
      (before !== undefined && steps[i]?.shards === before.shards ? from / 2 : from),
  );
  for (const { shards } of steps.slice(1, at + 1).reverse()) {
    const labels = labelsFor(before?.shards === shards ? before.labels : 0, shards, counts);
    if (labels > 0) return { shards, labels };
  }
  return wholeTable;
};

/** The layouts there are, and above how many domains each is used. */
const steps = [
  { shards: 1, from: -1 },
  { shards: 64, from: 256 },
  { shards: 512, from: 4_096 },
  { shards: 4_096, from: 32_768 },
] as const;

const labelsFor = (before: number, shards: number, counts: HostCounts): number => {
  const room = Math.max(32, counts.domains / shards);
  const most = mostLabels(counts, room);
  const kept = before > 0 && copies(counts, before) <= 2 * room;
  return kept && (before >= most || mostLabels(counts, room / 2) <= before) ? before : most;
};

/** The greatest number of labels for which a piece holds at most `room` copies of patterns. */
const mostLabels = (counts: HostCounts, room: number): number => {
  let labels = 0;
  for (let sum = 0; labels < allLabels; labels += 1) {
    sum += counts.patterns[labels] ?? 0;
    if (sum > room) break;
  }
  return labels;
};

/** How many patterns lie in all pieces. */
const copies = ({ patterns }: HostCounts, labels: number): number =>
  patterns.slice(0, labels).reduce((sum, count) => sum + count, 0);

const none: readonly number[] = [];

const oneName: HostCounts = { domains: 1, patterns: none };

const hostCountsOf = (domain: string): HostCounts => {
  const fixed = fixedLabels(domain);
  if (fixed === undefined) return oneName;
  return { domains: 1, patterns: Array.from({ length: fixed + 1 }, (_, i) => Number(i === fixed)) };
};

const added = (a: readonly number[], b: readonly number[]): readonly number[] => {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
};
