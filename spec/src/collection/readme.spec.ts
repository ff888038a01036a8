import { readFileSync } from 'node:fs';

import test from 'ava';

import { from, set } from '../../../src/collection/collection.ts';
import { diff } from '../../../src/collection/diff.ts';
import { joinEach } from '../../../src/collection/operator/join-each.ts';
import { atOnce } from '../../../src/collection/work.ts';
import { importsOf, sourcesIn } from '../../_support/repository/sources.ts';

const readme = readFileSync('src/collection/README.md', 'utf8');
const own = readFileSync('spec/src/collection/readme.spec.ts', 'utf8');

test('a renewed certificate concerns the sites that use it', (t) => {
  // begin: the example of the README
  interface Site {
    readonly certificate: string;
  }

  // Which site is served with whose certificate. `computed` is here to see what is computed.
  const computed: string[] = [];
  const servedBy = atOnce(
    joinEach<string, Site, { certificates: string }, string>((site, name, read) => {
      computed.push(name);
      const owner = read('certificates', site.certificate);
      return owner === undefined ? undefined : `served by ${owner}`;
    }),
  );

  const sites = from<string, Site>([
    ['a.example', { certificate: 'one' }],
    ['b.example', { certificate: 'two' }],
    ['c.example', { certificate: 'three' }],
  ]);
  const certificates = from([
    ['one', 'Ann'],
    ['two', 'Bob'],
  ]);

  // From nothing: every site is computed. c.example has no entry, because `three` is not there.
  const first = servedBy(undefined, sites, { certificates });
  t.is(first.output.size, 2);

  // By change: only the site that looked up the certificate `two` is computed.
  computed.length = 0;
  const renewed = set(certificates, 'two', 'Eve');
  const second = servedBy(first, sites, { certificates: renewed });
  t.deepEqual(computed, ['b.example']);
  t.deepEqual(diff(first.output, second.output), [
    { key: 'b.example', before: 'served by Bob', after: 'served by Eve' },
  ]);

  // The law: the result equals what is computed from nothing.
  const scratch = servedBy(undefined, sites, { certificates: renewed });
  t.deepEqual(second.output, scratch.output);

  // What did not change keeps its identity, and the next step has nothing to do.
  const same = set(renewed, 'one', 'Ann');
  t.is(same, renewed);
  t.is(servedBy(second, sites, { certificates: same }).output, second.output);
  // end
});

test('the example of the README is the one above', (t) => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const [, run = ''] = /\/\/ begin: .*\n([\s\S]*?) +\/\/ end\n/.exec(own) ?? [];

  t.is(code, run.replaceAll(/^ {2}/gm, ''));
});

test('work is made and taken up in the folders that the README names, and in no other', (t) => {
  const users = sourcesIn('src', 'streams')
    .filter((source) => importsOf(source).includes('src/collection/work.ts'))
    .map(({ path }) => path.split('/').slice(0, 2).join('/'))
    .filter((folder) => folder !== 'src/collection');
  const [, section = ''] = /\n## Pauses\n([\s\S]*)/.exec(readme) ?? [];
  const named = [...section.matchAll(/`((?:src|streams)\/[a-z]+)`/g)].map(([, folder]) => folder);

  t.deepEqual([...new Set(users)].toSorted(), [...new Set(named)].toSorted());
});
