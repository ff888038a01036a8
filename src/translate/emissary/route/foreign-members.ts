import { namespaceOf, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { writtenField } from '../ingress/ingress-part.ts';

interface Member {
  readonly key: ObjectKey;
  readonly ref: ObjectRef;
}

/**
 * Tells the members of a group, in its order, which others are of other namespaces. Of many the first few
 * are named.
 */
export const foreignMembers = (members: readonly Member[], what: string): readonly Problem[] => {
  const byNamespace = Map.groupBy(members, ({ key }) => namespaceOf(key));
  if (byNamespace.size < 2) return noProblems;
  return [...byNamespace].flatMap(([namespace, own]) => {
    const others = shown(members, namespace, members.length - own.length);
    const note = `it matches the same ${what} as ${others} of other namespaces: they share these ${what}, and settings that one of them lacks`;
    return own.map(({ key, ref }): Problem => ({
      ...{ _tag: 'Note', object: ref, field: writtenField(key, ''), note, reason },
    }));
  });
};

const shown = (members: readonly Member[], namespace: string, foreign: number): string => {
  const named: string[] = [];
  for (const member of members) {
    if (named.length === most) break;
    if (namespaceOf(member.key) !== namespace) named.push(member.ref);
  }
  const more = foreign - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const most = 3;

const reason = 'SharedWithOtherNamespace';
