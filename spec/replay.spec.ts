import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import test from 'ava';
import { isLeft } from 'fp-ts/lib/Either.js';
import { firstValueFrom, map, toArray, zip } from 'rxjs';

import { recordedPipeline } from '../src/cli/serve/recorded-pipeline.ts';
import { get } from '../src/collection/collection.ts';
import { readJournal } from '../src/journal/journal.ts';
import { showProblem } from '../src/problem/show-problem.ts';
import { allProblems } from '../src/translate/assemble/problems.ts';
import { explained } from '../streams/replay/explained.ts';
import { replay } from '../streams/replay/replay.ts';

const folder = join(import.meta.dirname, 'replay');
const updating = process.env['UPDATE_REPLAY'] === '1';
const stories = globSync('*.ndjson', { cwd: folder })
  .filter((file) => !file.endsWith('.expected.ndjson'))
  .map((file) => basename(file, '.ndjson'))
  .sort();

/** What a story publishes: the resources that changed with their versions, and what is wrong. */
const told = async (story: string): Promise<readonly unknown[]> => {
  const journal = readJournal(readFileSync(join(folder, `${story}.ndjson`), 'utf8'));
  if (isLeft(journal)) throw new Error(`${story}: ${journal.left}`);
  const published$ = replay(journal.right, { mode: { _tag: 'Instant' } }).pipe(
    recordedPipeline(journal.right),
  );
  return await firstValueFrom(
    zip(published$, published$.pipe(explained())).pipe(
      map(([{ snapshot, translation }, explanation]) => ({
        ...explanation,
        changes: explanation.changes.map(({ typeUrl, name, change, because }) => {
          const version = get(snapshot.resources[typeUrl], name)?.version;
          return { typeUrl, name, change, ...(version === undefined ? {} : { version }), because };
        }),
        problems: allProblems(translation.problems).map(showProblem),
      })),
      toArray(),
    ),
  );
};

for (const story of stories)
  test(`replays: ${story.replaceAll('-', ' ')}`, async (t) => {
    const file = join(folder, `${story}.expected.ndjson`);
    const lines = await told(story);
    if (updating) writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const expected = readFileSync(file, 'utf8').split('\n').slice(0, -1);

    t.deepEqual(
      lines,
      expected.map((line): unknown => JSON.parse(line)),
    );
  });

test('there are at least ten stories, and no expectation without its story', (t) => {
  const stale = globSync('*.expected.ndjson', { cwd: folder }).filter(
    (file) => !stories.includes(basename(file, '.expected.ndjson')),
  );
  if (updating) for (const file of stale) rmSync(join(folder, file));

  t.true(stories.length >= 10);
  t.deepEqual(updating ? [] : stale, []);
});

test('no story holds a private key', (t) => {
  for (const story of stories)
    t.notRegex(readFileSync(join(folder, `${story}.ndjson`), 'utf8'), /PRIVATE KEY|"tls\.key"/);
});
