import type { Batch, PipelineEvent } from '../../../src/journal/batch.ts';
import { kinds, type Kind } from '../../../src/kube/kind.ts';
import type { Applied, KubeEvent, Listed } from '../../../src/kube/kube-event.ts';
import { events, nextSet } from '../../../src/manifest/manifest-set.ts';
import { readManifest } from '../../../src/manifest/manifest.ts';

/** A batch of events at a moment. */
export const aBatch = (at: number, ...events: readonly PipelineEvent[]): Batch => {
  const [first, ...others] = events;
  if (first === undefined) throw new Error('expected a batch with an event');
  return { at, events: [first, ...others] };
};

/** Lists the kinds as empty; without names, all of them. */
export const nothingOf = (...names: readonly Kind[]): readonly KubeEvent[] =>
  (names.length === 0 ? kinds : names).map((kind): Listed => ({ _tag: 'Listed', kind, items: [] }));

/** A resolver was created or changed. */
export const aResolver = (name: string): Applied => ({
  _tag: 'Applied',
  kind: 'KubernetesServiceResolver',
  item: {
    key: `default/${name}`,
    problems: [],
    object: { metadata: { name, namespace: 'default', labels: {} }, spec: {} },
  },
});

/** What a folder source says when its one file holds one text after another. */
export const eventsOf = (...texts: readonly string[]): readonly (readonly KubeEvent[])[] => {
  const sets = texts.map((_, index) => {
    const [first, ...later] = texts.slice(0, index + 1);
    return [first ?? '', ...later].reduce(
      (set, text) => nextSet(set, [readManifest('all.yaml', text)]),
      nextSet(undefined, []),
    );
  });
  return sets.map((set, index) => events(index === 0 ? undefined : sets[index - 1], set));
};
