import type { Logger } from 'pino';

import { objectRef, showRef } from '../../ir/object-ref.ts';
import type { Published } from '../../plane/published.ts';
import type { PipelineEvent } from '../../journal/batch.ts';
import { kinds } from '../../kube/kind.ts';
import type { PlaceOf } from '../../problem/problem-record.ts';
import { snapshotChanges } from '../../xds/changes.ts';
import { logProblems } from './log-problems.ts';

/** Logs what a publication changed: what was read, resources, problems new and gone. */
export const logPublished =
  (log: Logger, placeOf: PlaceOf) =>
  (published: Published, before: Published | undefined): void => {
    const { snapshot, translation, batch } = published;
    const changes = snapshotChanges(before?.snapshot.resources, snapshot.resources);
    const count = (wanted: 'added' | 'updated' | 'removed'): number =>
      changes.filter(({ change }) => change === wanted).length;
    const counts = { added: count('added'), updated: count('updated'), removed: count('removed') };
    for (const line of loaded(published, before === undefined)) log.info(line);
    if (changes.length > 0) log.info(counts, `snapshot ${snapshot.seq}${causes(batch.events)}`);
    logProblems(log, placeOf, before?.translation.problems, translation.problems);
  };

/** `loaded 2 Listener, 1 Host`: everything at first, later what was listed again. */
const loaded = ({ store, batch }: Published, isFirst: boolean): readonly string[] => {
  const listed = new Set(
    batch.events.flatMap((event) => (event._tag === 'Listed' ? [event.kind] : [])),
  );
  const counts = kinds
    .filter((kind) => (isFirst || listed.has(kind)) && store.objects[kind].size > 0)
    .map((kind) => `${store.objects[kind].size} ${kind}`);
  if (counts.length > 0) return [`loaded ${counts.join(', ')}`];
  return isFirst ? ['loaded nothing: no object was found'] : [];
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
      return [showRef(objectRef(event.kind, event.item.key))];
    case 'Deleted':
      return [`${showRef(objectRef(event.kind, event.key))} deleted`];
    case 'Verdict':
      return [`an answer of ${event.node}`];
    case 'Disconnected':
      return [`${event.node} disconnected`];
    case 'ConsulAnswered':
      return [`Consul about ${event.service.slice('consul:'.length)}`];
    case 'Listed':
    case 'Reported':
    case 'ConsulForgotten':
      return [];
  }
};
