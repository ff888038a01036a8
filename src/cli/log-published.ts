import type { Logger } from 'pino';

import type { Published } from '../../streams/publish.ts';
import { empty } from '../collection/collection.ts';
import { diff } from '../collection/diff.ts';
import type { PipelineEvent } from '../journal/batch.ts';
import type { Problem } from '../problem/problem.ts';
import { showProblem } from '../problem/show-problem.ts';
import { snapshotChanges } from '../xds/changes.ts';

/** A problem as one line. */
export type ProblemShow = (problem: Problem) => string;

/**
 * Logs what a publication changed: what was read, resources, problems new and gone.
 *
 * A problem that is gone has no place any more: what was there has been edited.
 */
export const logPublished =
  (log: Logger, show: ProblemShow) =>
  ({ snapshot, translation, batch }: Published, before: Published | undefined): void => {
    const changes = snapshotChanges(before?.snapshot.resources, snapshot.resources);
    const count = (wanted: 'added' | 'updated' | 'removed'): number =>
      changes.filter(({ change }) => change === wanted).length;
    const counts = { added: count('added'), updated: count('updated'), removed: count('removed') };
    for (const line of loaded(batch.events)) log.info(line);
    if (changes.length > 0) log.info(counts, `snapshot ${snapshot.seq}${causes(batch.events)}`);
    for (const { before: old = [], after: now = [] } of diff(
      before?.translation.problems ?? empty<string, readonly Problem[]>(),
      translation.problems,
    )) {
      const [known, current] = [new Set(old.map(show)), new Set(now.map(show))];
      for (const line of current) if (!known.has(line)) log.warn(line);
      const gone = new Set(old.filter((one) => !current.has(show(one))).map(showProblem));
      for (const line of gone) log.info(`solved: ${line}`);
    }
  };

/** `loaded 2 Listener, 1 Host`: what was listed, by kind; a line unless nothing was listed. */
const loaded = (events: readonly PipelineEvent[]): readonly string[] => {
  const listed = events.flatMap((event) => (event._tag === 'Listed' ? [event] : []));
  if (listed.length === 0) return [];
  const found = listed.filter(({ items }) => items.length > 0);
  const counts = found.map(({ kind, items }) => `${items.length} ${kind}`);
  return [`loaded ${counts.length === 0 ? 'nothing: no object was found' : counts.join(', ')}`];
};

/** The objects whose change led to a snapshot: the first few by name. */
const causes = (events: readonly PipelineEvent[]): string => {
  const objects = events.flatMap(causeOf);
  if (objects.length === 0) return '';
  const more = objects.length - shown;
  return `: ${objects.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const shown = 3;

const causeOf = (event: PipelineEvent): readonly string[] => {
  switch (event._tag) {
    case 'Applied':
      return [`${event.kind} ${event.item.key}`];
    case 'Deleted':
      return [`${event.kind} ${event.key} deleted`];
    case 'Verdict':
      return [`an answer of ${event.node}`];
    case 'Listed':
    case 'Reported':
      return [];
  }
};
