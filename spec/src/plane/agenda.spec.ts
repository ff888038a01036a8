import test from 'ava';

import { get, keys } from '../../../src/collection/collection.ts';
import { finish } from '../../../src/collection/work.ts';
import type { Batch, PipelineEvent } from '../../../src/journal/batch.ts';
import {
  newAgenda,
  stepAgenda,
  type AgendaEvent,
  type AgendaStep,
  type Due,
} from '../../../src/plane/agenda.ts';
import { aBatch } from '../../_support/world/batches.ts';
import { applied, aService, listed } from '../../_support/world/builders.ts';

const options = { translation: { ambassadorId: 'default', namespace: 'default' } };
const verdict = { _tag: 'Verdict', node: 'edge', seq: 1, refused: [] } as const;

/** A batch about services with these names, that all have one port. */
const about = (at: number, names: string, port = 80): Batch =>
  aBatch(
    at,
    ...[...names].map((name) => applied(aService(`default/${name}`, { ports: [{ port }] }))),
  );

const everything = aBatch(0, ...listed([]));
const small = aBatch(5, ...about(5, 'c', 81).events, verdict);
const broken = aBatch(2, {
  _tag: 'Listed',
  kind: 'Host',
  items: [null, null, null],
} as unknown as PipelineEvent);

/** Tells an agenda that batches came, one by one; more than two objects are large. */
const anAgenda = (...before: readonly Batch[]) => {
  const step = stepAgenda(options, 2);
  let agenda = newAgenda(options);
  const tell = (event: AgendaEvent): AgendaStep => {
    const next = step(agenda, event);
    ({ agenda } = next);
    return next;
  };
  const come = (batch: Batch): AgendaStep => tell({ _tag: 'Came', batch });
  for (const batch of before) come(batch);
  return {
    come,
    finish: ({ work }: AgendaStep): AgendaStep => (work ? tell(finish(work)) : { agenda }),
  };
};

/** When a batch that takes effect came, and how many events it has. */
const shown = (due: Due | undefined): string =>
  due === undefined ? 'none' : `${due.at}: ${due.events.length}`;

/** The services that are known after a batch, with their ports. */
const services = (due: Due | undefined): string => {
  const known = due?.plane().store.objects.Service;
  return known === undefined
    ? ''
    : [...keys(known)]
        .sort()
        .map((key) => `${key.slice(8)}${get(known, key)?.spec.ports?.[0]?.port}`)
        .join(' ');
};

test('a small batch takes effect at once, and its plane is worked out once', (t) => {
  const { due, work } = anAgenda(everything).come(about(1, 'a'));

  t.is(shown(due), '1: 1');
  t.is(services(due), 'a80');
  t.is(due?.plane(), due?.plane());
  t.is(work, undefined);
});

test('a large batch takes effect when it has been worked out', (t) => {
  const agenda = anAgenda(everything);
  const begun = agenda.come(about(1, 'abc'));
  const done = agenda.finish(begun);

  t.is(shown(begun.due), 'none');
  t.is(shown(done.due), '1: 3');
  t.is(services(done.due), 'a80 b80 c80');
  t.is(done.work, undefined);
});

test('a small batch overtakes a large one, and what it says of the cluster counts once more at its end', (t) => {
  const agenda = anAgenda(everything);
  const begun = agenda.come(about(1, 'abc'));
  const overtaking = agenda.come(small);
  const done = agenda.finish(begun);

  t.is(shown(overtaking.due), '5: 2');
  t.is(services(overtaking.due), 'c81');
  t.is(shown(done.due), '5: 4');
  t.is(services(done.due), 'a80 b80 c81');
});

test('an answer of an Envoy overtakes a large batch, and is heard once', (t) => {
  const agenda = anAgenda(everything);
  const begun = agenda.come(about(1, 'abc'));

  t.is(shown(agenda.come(aBatch(2, verdict)).due), '2: 1');
  t.is(shown(agenda.finish(begun).due), '1: 3');
});

test('large batches that come meanwhile are the next, as one, with the small ones after them', (t) => {
  const agenda = anAgenda(everything);
  const begun = agenda.come(about(1, 'abc'));
  agenda.come(about(2, 'def'));
  agenda.come(about(3, 'dgh', 82));
  agenda.come(about(4, 'd', 83));
  const first = agenda.finish(begun);
  const second = agenda.finish(first);

  t.is(shown(first.due), '4: 4');
  t.is(services(first.due), 'a80 b80 c80 d83');
  t.is(shown(second.due), '4: 7');
  t.is(services(second.due), 'a80 b80 c80 d83 e80 f80 g82 h82');
  t.is(second.work, undefined);
});

test('before anything is published every batch joins the large one, with all it says', (t) => {
  const agenda = anAgenda();
  const begun = agenda.come(about(1, 'abc'));
  const joining = agenda.come(small);
  const done = agenda.finish(agenda.finish(begun));

  t.is(shown(joining.due), 'none');
  t.is(shown(done.due), '5: 5');
});

test('before anything is published, a batch is as large as all that is known with it', (t) => {
  const agenda = anAgenda();

  t.is(shown(agenda.come(about(1, 'ab')).due), '1: 2');
  t.is(shown(agenda.come(about(2, 'c')).due), 'none');
});

test('what is added is worked out with pauses as long as it becomes less, and then at once', (t) => {
  const agenda = anAgenda(everything);
  let step = agenda.come(about(1, 'abc'));
  const come = (...names: readonly string[]) => {
    for (const name of names) agenda.come(about(2, name));
    step = agenda.finish(step);
    return shown(step.due);
  };

  t.is(come('a', 'b', 'c', 'd'), 'none');
  t.is(come('a', 'b', 'c'), 'none');
  t.is(come('a', 'b', 'c'), '2: 13');
  t.is(services(step.due), 'a80 b80 c80 d80');
});

test('few batches that were added are worked out at once', (t) => {
  const agenda = anAgenda(everything);
  const begun = agenda.come(about(1, 'abc'));
  agenda.come(about(2, 'a'));
  agenda.come(about(3, 'b'));

  t.is(shown(agenda.finish(begun).due), '3: 5');
});

test('a batch whose working out fails takes effect with all that was added, and fails where it is asked for', (t) => {
  const agenda = anAgenda(everything);
  const begun = agenda.come(broken);
  agenda.come(about(3, 'a'));
  const { due } = agenda.finish(begun);

  t.is(shown(due), '3: 2');
  t.throws(() => due?.plane(), { instanceOf: TypeError, message: /'key'.* null/ });
});
