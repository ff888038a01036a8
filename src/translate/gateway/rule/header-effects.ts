import { noMutation, type HeaderMutation } from '../../../ir/header-mutation.ts';
import type { HeaderModifier } from '../../../kube/gateway/filter.ts';

/**
 * What a header modifier does. A percent sign in a value is one: the Gateway API knows no commands, and
 * two of them stand for one in Envoy's format.
 */
export const headerMutation = ({
  set = [],
  add = [],
  remove = [],
}: HeaderModifier): HeaderMutation => ({
  add: [
    ...firstOfEach(set).map(({ name, value }) => ({ name, value: literal(value), append: false })),
    ...firstOfEach(add).map(({ name, value }) => ({ name, value: literal(value), append: true })),
  ],
  remove,
});

/** Of several with one name, in upper or lower case, the first counts. */
const firstOfEach = (headers: readonly Header[]): readonly Header[] => {
  const names = headers.map(({ name }) => name.toLowerCase());
  return headers.filter((_, i) => names.indexOf(names[i] ?? '') === i);
};

type Header = NonNullable<HeaderModifier['set']>[number];

const literal = (value: string): string => value.replaceAll('%', '%%');

/** Does first one thing to the headers of a message, then another. */
export const inTurn = (first: HeaderMutation, second: HeaderMutation): HeaderMutation => {
  if (first === noMutation) return second;
  if (second === noMutation) return first;
  const removed = new Set(second.remove.map((name) => name.toLowerCase()));
  return {
    add: [...first.add.filter(({ name }) => !removed.has(name.toLowerCase())), ...second.add],
    remove: [...new Set([...first.remove, ...second.remove])],
  };
};
