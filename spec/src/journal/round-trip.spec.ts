import test from 'ava';
import { right } from 'fp-ts/lib/Either.js';
import * as fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';

import { RecordedProblem } from '../../../src/journal/recorded-problem.ts';
import { Sensitive } from '../../../src/ir/sensitive.ts';
import type { PipelineEvent } from '../../../src/journal/batch.ts';
import type { Entry } from '../../../src/journal/entry.ts';
import type { Header } from '../../../src/journal/header.ts';
import { entryLine, headerLine, readJournal } from '../../../src/journal/journal.ts';
import { kinds } from '../../../src/kube/kind.ts';
import { typeUrls } from '../../../src/xds/type-url.ts';

const name = fc.stringMatching(/^[a-z]([-a-z0-9]{0,8}[a-z0-9])?$/);
const key = fc.tuple(name, name).map(([namespace, own]) => `${namespace}/${own}` as const);
const metadata = fc.record({
  name,
  namespace: name,
  labels: fc.dictionary(name, fc.string()),
});

const problem = fc.oneof(
  fc.record({
    _tag: fc.constant('InvalidField' as const),
    object: key.map((own) => `Mapping ${own}` as const),
    field: fc.string(),
    expected: fc.string(),
    got: fc.string(),
  }),
  fc.record(
    {
      _tag: fc.constant('UnreadableFile' as const),
      file: fc.string(),
      reason: fc.string(),
      line: fc.nat(),
      column: fc.nat(),
    },
    { requiredKeys: ['_tag', 'file', 'reason'] },
  ),
  fc.record({
    _tag: fc.constant('GuardUnusable' as const),
    object: key.map((own) => `Host ${own}` as const),
    field: fc.string(),
    effect: fc.constantFrom('Unguarded' as const, 'UncheckedRefused' as const),
  }),
);
const problems = fc.array(problem, { maxLength: 2 });

const secret = fc.record(
  {
    metadata,
    type: fc.constant('kubernetes.io/tls'),
    certificateChain: fc.string(),
    privateKey: fc
      .tuple(fc.string(), fc.string(), fc.boolean())
      .map((parts) => new Sensitive(...parts)),
  },
  { requiredKeys: ['metadata', 'type'] },
);
const aged = fc
  .tuple(metadata, fc.constantFrom({}, { creationTimestamp: '2026-11-30T12:00:00Z' }))
  .map(([common, age]) => ({ ...common, ...age }));
const host = fc.record({
  metadata: aged,
  spec: fc.record({ hostname: fc.constantFrom('*', 'a.example.com') }, { requiredKeys: [] }),
});

const event: fc.Arbitrary<PipelineEvent> = fc.oneof(
  fc.record({
    _tag: fc.constant('Applied' as const),
    kind: fc.constant('Secret' as const),
    item: fc.record(
      { key, problems, object: secret, former: fc.constant(true as const) },
      { requiredKeys: ['key', 'problems'] },
    ),
  }),
  fc.record({
    _tag: fc.constant('Listed' as const),
    kind: fc.constant('Host' as const),
    items: fc.array(fc.record({ key, problems, object: host }), { maxLength: 3 }),
  }),
  fc.record({ _tag: fc.constant('Deleted' as const), kind: fc.constantFrom(...kinds), key }),
  fc.record({ _tag: fc.constant('Reported' as const), origin: fc.string(), problems }),
  fc.record(
    {
      _tag: fc.constant('Verdict' as const),
      node: fc.string(),
      stream: fc.nat(),
      client: fc.string(),
      unasked: fc.array(fc.constantFrom(...typeUrls)),
      seq: fc.nat(),
      refused: fc.array(
        fc.record({
          typeUrl: fc.constantFrom(...typeUrls),
          name: fc.string(),
          version: fc.string(),
          message: fc.string(),
        }),
      ),
    },
    { requiredKeys: ['_tag', 'node', 'seq', 'refused'] },
  ),
  fc.record({ _tag: fc.constant('Disconnected' as const), node: fc.string(), stream: fc.nat() }),
);

const entry: fc.Arbitrary<Entry> = fc.record({
  seq: fc.nat(),
  at: fc.nat(),
  events: fc
    .tuple(event, fc.array(event, { maxLength: 4 }))
    .map(([one, more]) => [one, ...more] as const),
});

const header: Header = {
  headgate: 'journal',
  version: 1,
  options: {
    ambassadorId: 'default',
    namespace: 'default',
    convicted: [{ object: 'Host default/a', digest: '1', resource: 'a', message: 'no' }],
    lastGood: [
      {
        kind: 'Host',
        key: 'default/a',
        content: { metadata: { name: 'a', namespace: 'default', labels: {} }, spec: {} },
        because: 'Refused',
        uid: '1',
      },
    ],
  },
};

test('gives back what was written, but for the values of private keys', (t) => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const journal = readJournal([headerLine(header), ...entries.map(entryLine)].join(''));
      t.true(isRight(journal));
      if (isRight(journal)) {
        t.deepEqual(journal.right.header, header);
        t.deepEqual(journal.right.entries, entries);
      }
    }),
  );
});

test('writes the same bytes again', (t) => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const text = [headerLine(header), ...entries.map(entryLine)].join('');
      const journal = readJournal(text);
      t.true(isRight(journal));
      if (isRight(journal))
        t.is(
          [headerLine(journal.right.header), ...journal.right.entries.map(entryLine)].join(''),
          text,
        );
    }),
  );
});

test('reads every beginning of a journal whose header is whole', (t) => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1 }), fc.nat(), (entries, length) => {
      const whole = entries.map(entryLine).join('');
      const cut = whole.slice(0, length % whole.length);
      const journal = readJournal(headerLine(header) + cut);
      t.true(isRight(journal));
    }),
  );
});

test('holds no private key, in no encoding', (t) => {
  const canary = 'canary-9f86d081884c7d659a2feaa0c55ad015';
  fc.assert(
    fc.property(entry, (written) => {
      const line = entryLine({ ...written, events: [applied(canary), ...written.events] });
      for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const)
        t.false(line.includes(Buffer.from(canary).toString(encoding)));
    }),
  );
});

const applied = (value: string): PipelineEvent => ({
  _tag: 'Applied',
  kind: 'Secret',
  item: {
    key: 'a/b',
    problems: [],
    object: {
      metadata: { name: 'b', namespace: 'a', labels: {} },
      type: 'kubernetes.io/tls',
      privateKey: new Sensitive('handle', value),
    },
  },
});

const beforeGuards = (effect: string) => ({
  _tag: 'NotYetSupported',
  object: 'AuthService a/b',
  field: '',
  effect,
});

test('what older journals say of guards is what it is called now', (t) => {
  t.deepEqual(
    RecordedProblem.decode(beforeGuards('AllRefused')),
    right({ _tag: 'GuardUnusable', object: 'AuthService a/b', field: '', effect: 'AllRefused' }),
  );
  t.deepEqual(
    RecordedProblem.decode(beforeGuards('Unlimited')),
    right({ _tag: 'NotYetSupported', object: 'AuthService a/b', field: '' }),
  );
});
