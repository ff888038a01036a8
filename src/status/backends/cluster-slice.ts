/**
 * A part of all clusters, by how their names end: with a digest of 16 hexadecimal digits.
 *
 * An Envoy is asked for one part at a time, because it makes the whole answer at once, in the thread that applies
 * its configuration.
 */
export interface ClusterSlice {
  /** How many parts there are. */
  readonly of: number;
  readonly index: number;
}

/** The part that stands for all clusters. */
export const wholeSlice: ClusterSlice = { of: 1, index: 0 };

/** The part after another one, where there are so many clusters; after the last part comes the first. */
export const sliceAfter = ({ of, index }: ClusterSlice, clusters: number): ClusterSlice => {
  const parts = clusters <= fewClusters ? 1 : 16;
  return { of: parts, index: parts === of && index + 1 < of ? index + 1 : 0 };
};

/** Whether no part comes after it. */
export const isLast = ({ of, index }: ClusterSlice): boolean => index + 1 === of;

/** The regular expression, for RE2 and JavaScript alike, that finds the names of a part. */
export const filterOf = ({ of, index }: ClusterSlice): string =>
  of === 1 ? '' : `${index.toString(16)}$`;

/**
 * So many are asked for at once. More parts than 16 would be more work: to go through 15 names takes Envoy as long as to
 * write of one cluster.
 */
const fewClusters = 2_000;
