import { isAlias, isMap, isNode, isScalar, isSeq, type Document, type Node } from 'yaml';

/** What makes a document unreadable, and where in the text. */
interface DocumentFault {
  readonly reason: string;
  readonly offset: number;
}

/** The first reason not to trust a document: bad syntax, a key that is there twice, a strange tag. */
export const faultIn = (tree: Document.Parsed): DocumentFault | undefined => {
  const [error] = [...tree.errors, ...tree.warnings];
  if (error !== undefined) return { reason: reasonOf(error), offset: error.pos[0] };
  return tree.contents === null ? undefined : faultBelow(tree.contents, [], new Set());
};

/** What to do about a text that is a template, which is seldom YAML; empty for any other text. */
export const templateAdvice = (text: string): string =>
  /\{\{[^{}]*\}\}/.test(text)
    ? '; this is a template: check what it renders, as in helm template CHART | headgate check -'
    : '';

/** The parser recurses, so what is nested without end exhausts the stack before we can count. */
export const reasonOf = ({ message }: Error): string => {
  if (message === 'Maximum call stack size exceeded') return 'is nested too deep';
  return message.length <= longestReason ? message : `${message.slice(0, longestReason)}…`;
};

const longestReason = 200;

const deepest = 64;

/**
 * `above` holds the anchors of the collections around a node, one place for each; `known` those of all nodes
 * before it.
 */
const faultBelow = (
  node: unknown,
  above: readonly (string | undefined)[],
  known: Set<string>,
): DocumentFault | undefined => {
  if (isAlias(node) && above.includes(node.source))
    return { reason: `*${node.source} stands for what contains it`, offset: offsetOf(node) };
  if (isAlias(node) && !known.has(node.source))
    return {
      reason: `*${node.source} stands for nothing: no &${node.source} is before it`,
      offset: offsetOf(node),
    };
  if (isNode(node) && !isAlias(node) && node.anchor !== undefined) known.add(node.anchor);
  if (!isMap(node) && !isSeq(node)) return undefined;
  if (above.length >= deepest)
    return { reason: `is nested deeper than ${deepest} levels`, offset: offsetOf(node) };
  const seen = new Set<string>();
  for (const item of node.items) {
    const { key, value } = isMap(node) ? keyed(item) : { key: undefined, value: item };
    if (key !== undefined) {
      const name = nameOf(key);
      if (name === undefined)
        return { reason: 'a key must be a plain value', offset: offsetOf(key) };
      if (seen.has(name))
        return { reason: `the key ${name} is there twice`, offset: offsetOf(key) };
      seen.add(name);
    }
    const inside = [...above, node.anchor];
    const fault = faultBelow(key, inside, known) ?? faultBelow(value, inside, known);
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const keyed = (item: unknown): { readonly key: unknown; readonly value: unknown } =>
  item as { readonly key: unknown; readonly value: unknown };

const nameOf = (key: unknown): string | undefined =>
  isScalar(key) ? String(key.value) : isAlias(key) ? `*${key.source}` : undefined;

const offsetOf = (node: unknown): number => (node as Partial<Node> | null)?.range?.[0] ?? 0;
