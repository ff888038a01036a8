import { readFileSync, writeFileSync } from 'node:fs';

import test from 'ava';

import { kindsOf } from '../src/kube/kind.ts';
import type { Translation } from '../src/translate/translate.ts';
import {
  casesOf,
  corpusFolder,
  fileOf,
  shownCase,
  topics,
  translationOf,
} from './_support/corpus/corpus.ts';
import { specFieldsOf, usedFields } from './_support/corpus/used-fields.ts';

const isUpdate = process.env['UPDATE_GOLDEN'] === '1';

for (const topic of topics)
  test(`what becomes of manifests about ${topic.replaceAll('-', ' ')}`, (t) => {
    const file = `${corpusFolder}/${topic}/expected.txt`;
    const text = casesOf(topic)
      .map((one) => shownCase(one))
      .join('\n');
    if (isUpdate) writeFileSync(file, text);
    t.is(text, readFileSync(file, 'utf8'));
  });

test('by change from one case to the next the same comes out as from nothing', (t) => {
  let before: Translation | undefined;
  for (const one of topics.flatMap(casesOf)) {
    before = translationOf(one, before);
    t.is(shownCase(one, before), shownCase(one), one.name);
  }
});

const files = topics.flatMap(casesOf).map(fileOf);

test('each file of the corpus can be read', (t) => {
  t.deepEqual(
    files.flatMap(({ problems }) => problems).filter(({ _tag }) => _tag !== 'GuardUnusable'),
    [],
  );
});

test('every field of every kind of Emissary is used by some manifest of the corpus', (t) => {
  const used = new Set(
    files.flatMap(({ objects }) => objects).flatMap(({ raw }) => usedFields(raw)),
  );
  const all = kindsOf('emissary').flatMap((kind) =>
    specFieldsOf(kind).map((field) => `${kind} ${field}`),
  );
  t.true(all.length > 400);
  t.deepEqual(
    all.filter((field) => !used.has(field)),
    [],
  );
});

test('there are many cases', (t) => {
  t.true(files.length >= 100, String(files.length));
});
