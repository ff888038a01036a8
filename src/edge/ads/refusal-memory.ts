import type { Refusal } from '../../xds/session/discovery.ts';

/** What each Envoy refused, kept from one stream to the next. */
export interface RefusalMemory {
  readonly recall: (node: string) => readonly Refusal[];
  /** Replaces what is known of a node; what it does not refuse any more is forgotten. */
  readonly remember: (node: string, refused: readonly Refusal[]) => void;
}

/** A memory of the nodes that refused something last, at most `limit` of them. */
export const refusalMemory = (limit = 10_000): RefusalMemory => {
  const byNode = new Map<string, readonly Refusal[]>();
  return {
    recall: (node) => byNode.get(node) ?? [],
    remember: (node, refused) => {
      if (node === '' || (refused.length === 0 && !byNode.has(node))) return;
      byNode.delete(node);
      if (refused.length > 0) byNode.set(node, refused);
      const [oldest] = byNode.keys();
      if (byNode.size > limit && oldest !== undefined) byNode.delete(oldest);
    },
  };
};
