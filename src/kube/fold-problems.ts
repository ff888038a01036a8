import { keys, remove, set, get, type Collection } from '../collection/collection.ts';
import { equal } from '../collection/equal.ts';
import { objectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import type { Decoded, KubeEvent } from './kube-event.ts';
import type { Kind } from './kind.ts';

/** What is wrong after some events: each object and each origin replaces what it said before. */
export const foldProblems = (problems: Problems, events: readonly KubeEvent[]): Problems => {
  let folded = problems;
  for (const event of events) {
    switch (event._tag) {
      case 'Listed':
        folded = relisted(folded, event.kind, event.items);
        break;
      case 'Applied':
        folded = said(folded, objectRef(event.kind, event.item.key), event.item.problems);
        break;
      case 'Deleted':
        folded = remove(folded, objectRef(event.kind, event.key));
        break;
      case 'Reported':
        folded = said(folded, event.origin, event.problems);
        break;
    }
  }
  return folded;
};

type Problems = Collection<string, readonly Problem[]>;

const said = (problems: Problems, key: string, now: readonly Problem[]): Problems => {
  if (now.length === 0) return remove(problems, key);
  return equal(get(problems, key), now) ? problems : set(problems, key, now);
};

const relisted = (problems: Problems, kind: Kind, items: readonly Decoded[]): Problems => {
  const present = new Set<string>(items.map(({ key }) => objectRef(kind, key)));
  const gone = [...keys(problems)].filter((key) => key.startsWith(`${kind} `) && !present.has(key));
  return items.reduce(
    (rest, { key, problems: now }) => said(rest, objectRef(kind, key), now),
    gone.reduce((rest, key) => remove(rest, key), problems),
  );
};
