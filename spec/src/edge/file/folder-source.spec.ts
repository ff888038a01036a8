import { unlinkSync, writeFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';
import { filter, firstValueFrom, map, share } from 'rxjs';

import { openFolder } from '../../../../src/edge/file/folder.ts';
import { locate } from '../../../../src/manifest/manifest-set.ts';
import { directory } from '../../../../streams/directory.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';
import { aFile } from '../../../_support/world/a-folder.ts';

const textOf = (name: string): string => {
  const file = aFile('', name);
  return 'text' in file ? file.text : '';
};

test('a file that is deleted and written again at once is no deletion', async (t) => {
  t.timeout(300_000);
  const dir = await tempDir(t);
  const file = join(dir, 'a.yaml');
  await writeFile(file, textOf('a'));
  const found$ = directory(await openFolder(dir)).pipe(share());
  const seen: string[] = [];
  const subscription = found$.subscribe(({ events }) =>
    seen.push(events.map(({ _tag }) => _tag).join(' ')),
  );
  t.teardown(() => subscription.unsubscribe());
  const listed = await firstValueFrom(found$);
  t.true(listed.events.every(({ _tag }) => _tag === 'Listed'));

  const added = firstValueFrom(found$.pipe(filter(({ events }) => events.length > 0)));
  unlinkSync(file);
  writeFileSync(file, textOf('a'));
  await writeFile(join(dir, 'b.yaml'), `# first line\n---\n${textOf('b')}`);
  const { events, manifests } = await added;

  t.deepEqual(
    events.map((event) => event._tag),
    ['Applied'],
  );
  t.deepEqual(locate(manifests, 'KubernetesServiceResolver default/b', ''), {
    file: join(dir, 'b.yaml'),
    line: 3,
    column: 1,
  });
  t.false(seen.some((tags) => tags.includes('Deleted')));
});

test('a folder that goes away keeps its objects, and is read again when it is back', async (t) => {
  t.timeout(300_000);
  const dir = join(await tempDir(t), 'manifests');
  const away = `${dir}-away`;
  await rename(await tempDir(t), dir);
  await writeFile(join(dir, 'a.yaml'), textOf('a'));
  const tags$ = directory(await openFolder(dir)).pipe(
    map(({ events }) => events.map(({ _tag }) => _tag).join(' ')),
    share(),
  );
  const subscription = tags$.subscribe();
  t.teardown(() => subscription.unsubscribe());
  await firstValueFrom(tags$);

  const gone = firstValueFrom(tags$);
  await rename(dir, away);
  t.is(await gone, 'Reported');

  const back = firstValueFrom(tags$);
  await rename(away, dir);
  t.is(await back, 'Reported');
  t.teardown(() => rm(away, { recursive: true, force: true }));
});
