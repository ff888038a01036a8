import { fold, type Folded } from '../../collection/operator/fold.ts';
import { allLabels, fixedLabels, wholeTable, type ShardLayout } from './shard.ts';

/** What decides how a table is cut. */
export interface Census {
  readonly domains: number;
  /** How many patterns have so many labels in common with all hosts they match. */
  readonly patterns: readonly number[];
}

/** Counts the domains of a table; after a change, along the path to it. */
export const census: Folded<string, unknown, Census> = fold(
  (_, key: string) => censusOf(key.slice(key.indexOf(' ') + 1)),
  (below) => ({
    domains: below.reduce((sum, { domains }) => sum + domains, 0),
    patterns: below.map(({ patterns }) => patterns).reduce(added, none),
  }),
);

/**
 * How to cut a table. A former layout stays until it is clearly wrong, so a table at a threshold does
 * not change back and forth: cut when a piece holds too much on average, joined at half of that.
 *
 * A pattern whose hosts may lie in any piece is copied into all. As many labels are hashed as the
 * copies allow: the more, the more evenly the hosts are spread. When no number of labels allows a cut,
 * there are fewer pieces.
 */
export const shardLayout = (before: ShardLayout | undefined, counted: Census): ShardLayout => {
  const at = steps.findLastIndex(
    ({ from }, i) =>
      counted.domains >
      (before !== undefined && steps[i]?.shards === before.shards ? from / 2 : from),
  );
  for (const { shards } of steps.slice(1, at + 1).reverse()) {
    const labels = labelsFor(before?.shards === shards ? before.labels : 0, shards, counted);
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

const labelsFor = (before: number, shards: number, counted: Census): number => {
  const room = Math.max(32, counted.domains / shards);
  const most = mostLabels(counted, room);
  const kept = before > 0 && copies(counted, before) <= 2 * room;
  return kept && (before >= most || mostLabels(counted, room / 2) <= before) ? before : most;
};

/** The greatest number of labels for which a piece holds at most so many copies of patterns. */
const mostLabels = (counted: Census, room: number): number => {
  let labels = 0;
  for (let sum = 0; labels < allLabels; labels += 1) {
    sum += counted.patterns[labels] ?? 0;
    if (sum > room) break;
  }
  return labels;
};

/** How many patterns lie in all pieces. */
const copies = ({ patterns }: Census, labels: number): number =>
  patterns.slice(0, labels).reduce((sum, count) => sum + count, 0);

const none: readonly number[] = [];

const oneName: Census = { domains: 1, patterns: none };

const censusOf = (domain: string): Census => {
  const fixed = fixedLabels(domain);
  if (fixed === undefined) return oneName;
  return { domains: 1, patterns: Array.from({ length: fixed + 1 }, (_, i) => Number(i === fixed)) };
};

const added = (a: readonly number[], b: readonly number[]): readonly number[] => {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0));
};
