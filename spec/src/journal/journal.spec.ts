import test from 'ava';
import { right, left } from 'fp-ts/lib/Either.js';

import { Sensitive } from '../../../src/ir/sensitive.ts';
import type { Entry } from '../../../src/journal/entry.ts';
import type { Header } from '../../../src/journal/header.ts';
import { entryLine, headerLine, readJournal } from '../../../src/journal/journal.ts';

const header: Header = {
  headgate: 'journal',
  version: 1,
  options: { ambassadorId: 'default', namespace: 'ambassador' },
};
const headerText =
  '{"headgate":"journal","version":1,"options":{"ambassadorId":"default","namespace":"ambassador"}}\n';

const deleted: Entry = {
  seq: 1,
  at: 12,
  events: [{ _tag: 'Deleted', kind: 'Host', key: 'shop/web' }],
};
const deletedText =
  '{"seq":1,"at":12,"events":[{"_tag":"Deleted","kind":"Host","key":"shop/web"}]}\n';

test('writes a header and entries as lines of JSON', (t) => {
  t.is(headerLine(header), headerText);
  t.is(entryLine(deleted), deletedText);
});

test('reads what it writes', (t) => {
  t.deepEqual(
    readJournal(headerText + deletedText),
    right({ header, entries: [deleted], warnings: [] }),
  );
});

test('takes lines with // and # and empty lines for comments', (t) => {
  const text = `// a story\n\n${headerText}# the Host goes\n  // really\n${deletedText}`;

  t.deepEqual(readJournal(text), right({ header, entries: [deleted], warnings: [] }));
});

const secretText =
  '{"seq":2,"at":40,"events":[{"_tag":"Applied","kind":"Secret","item":{"key":"shop/tls","problems":[],' +
  '"object":{"metadata":{"name":"tls","namespace":"shop","labels":{}},"type":"kubernetes.io/tls",' +
  '"certificateChain":"PEM","privateKey":{"handle":"h4nd1e"}}}}]}\n';

test('keeps the handle of a private key and never its value', (t) => {
  const secret: Entry = {
    seq: 2,
    at: 40,
    events: [
      {
        _tag: 'Applied',
        kind: 'Secret',
        item: {
          key: 'shop/tls',
          problems: [],
          object: {
            metadata: { name: 'tls', namespace: 'shop', labels: {} },
            type: 'kubernetes.io/tls',
            certificateChain: 'PEM',
            privateKey: new Sensitive('h4nd1e', '-----BEGIN PRIVATE KEY-----'),
          },
        },
      },
    ],
  };

  t.is(entryLine(secret), secretText);
});

test('gives a private key back as a handle without a value', (t) => {
  const journal = readJournal(headerText + secretText);

  const event = journal._tag === 'Right' ? journal.right.entries[0]?.events[0] : undefined;
  if (event?._tag !== 'Applied' || event.kind !== 'Secret') return t.fail('expected a Secret');
  const { privateKey } = event.item.object as { readonly privateKey: Sensitive };
  t.true(privateKey instanceof Sensitive);
  t.is(privateKey.handle, 'h4nd1e');
  t.is(privateKey.reveal(), undefined);
});

test('uses everything before a last line that is cut off, and says so', (t) => {
  t.deepEqual(
    readJournal(headerText + deletedText + deletedText.slice(0, 30)),
    right({
      header,
      entries: [deleted],
      warnings: ['line 3 is cut off; what is before it counts'],
    }),
  );
});

test('uses a last line that only lacks its line break', (t) => {
  t.deepEqual(
    readJournal(headerText + deletedText.trimEnd()),
    right({ header, entries: [deleted], warnings: [] }),
  );
});

const refuses = test.macro({
  exec(t, text: string, reason: string) {
    t.deepEqual(readJournal(text), left(reason));
  },
  title: (name = '') => `refuses ${name}`,
});

test('an empty file', refuses, '// nothing\n', 'expected a journal, found no line with a header');
test(
  'a header that is cut off',
  refuses,
  headerText.slice(0, 20),
  'line 1 is cut off; what is before it counts',
);
test(
  'a journal of a future version, in whatever way its header differs',
  refuses,
  '{"headgate":"journal","version":2,"settings":{}}\n',
  'line 1: a journal of version 2, this Headgate reads version 1',
);
test(
  'what is no journal',
  refuses,
  'apiVersion: v1\n',
  'line 1: expected a journal header, found no JSON',
);
test(
  'another kind of JSON',
  refuses,
  '{"headgate":"diary","version":1}\n',
  'line 1: headgate: expected "journal"',
);
test(
  'a line in the middle that is no JSON',
  refuses,
  `${headerText}// comment\n{"seq":\n${deletedText}`,
  'line 3: expected an entry, found no JSON',
);
test(
  'an entry without events',
  refuses,
  `${headerText}{"seq":1,"at":0,"events":[]}\n`,
  'line 2: events: expected a list with at least one event',
);
test(
  'an event it does not know',
  refuses,
  `${headerText}{"seq":1,"at":0,"events":[{"_tag":"Renamed"}]}\n`,
  'line 2: events.0: expected an event',
);
test(
  'an object that is not as its codec would have read it',
  refuses,
  `${headerText}{"seq":1,"at":0,"events":[{"_tag":"Applied","kind":"Host","item":{"key":"a/b","problems":[],"object":{"metadata":{}}}}]}\n`,
  'line 2: events.0.item.object: expected a decoded Host',
);
