import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';
import { isRight } from 'fp-ts/lib/Either.js';
import { of } from 'rxjs';

import { lastGoodVersions } from '../../../src/cli/source/last-good-versions.ts';
import { entries } from '../../../src/collection/collection.ts';
import { RecordedLastGood } from '../../../src/journal/recorded-last-good.ts';
import type { KubeEvent } from '../../../src/kube/kube-event.ts';
import type { LastGood } from '../../../src/kube/last-good.ts';
import { locate } from '../../../src/manifest/manifest-set.ts';
import { unread, withFiles, type FolderFile, type Reading } from '../../../src/manifest/reading.ts';
import { newPlane, stepPlane, type Plane } from '../../../src/plane/plane.ts';
import type { Refusal } from '../../../src/xds/session/discovery.ts';
import { TypeUrl, typeUrls } from '../../../src/xds/type-url.ts';
import { recalled } from '../../../streams/recalled.ts';
import { holds } from '../../_support/property/property.ts';
import { aBatch } from '../../_support/world/batches.ts';

const options = { translation: { ambassadorId: 'default', namespace: 'default' } };
const step = stepPlane(options);

const manifest = (kind: string, name: string, spec: object): string =>
  JSON.stringify({ apiVersion: 'getambassador.io/v3alpha1', kind, metadata: { name }, spec });

const frame: FolderFile = {
  file: 'frame',
  text: [
    manifest('Host', 'all', { hostname: '*', requestPolicy: { insecure: { action: 'Route' } } }),
    manifest('Listener', 'http', {
      ...{ port: 8080, protocol: 'HTTP', securityModel: 'XFP' },
      hostBinding: { namespace: { from: 'ALL' } },
    }),
  ].join('\n---\n'),
};

/** What becomes of an object in one edit. */
const edits = ['one', 'other', 'bad', 'invalid', 'absent'] as const;
type Edit = (typeof edits)[number];

/** A folder: what each file holds, two objects, or that it cannot be read. */
type Files = readonly ('unreadable' | readonly [Edit, Edit])[];

const aMapping = (name: string, edit: Edit): readonly string[] =>
  edit === 'absent'
    ? []
    : [
        manifest('Mapping', name, {
          ...{ hostname: '*', prefix: `/${name}/${edit}/`, service: `${edit}.default` },
          ...(edit === 'invalid' && { timeout_ms: 'soon' }),
        }),
      ];

const folderOf = (files: Files): readonly FolderFile[] => [
  frame,
  ...files.map((content, i): FolderFile => {
    const file = `${i}.yaml`;
    if (content === 'unreadable') return { file, unreadable: 'permission denied' };
    const objects = content.flatMap((edit, of) => aMapping(`m${i}-${of}`, edit));
    return { file, text: objects.join('\n---\n') };
  }),
];

/** A control plane on a folder, with an Envoy that refuses every table with a path that says `bad`. */
interface Run {
  readonly plane: Plane;
  readonly reading: Reading;
  readonly lastGood: readonly LastGood[];
}

const startRun = (lastGood: readonly LastGood[], plane: Plane): Run => ({
  plane,
  reading: unread('manifests', lastGood),
  lastGood,
});

const read = ({ plane, reading, lastGood }: Run, files: Files): Run => {
  const next = withFiles(reading, folderOf(files));
  let events: readonly KubeEvent[] = [];
  if (next.found !== undefined)
    of(next.found.events)
      .pipe(recalled(reading.manifests === undefined ? lastGood : []))
      .subscribe((group) => {
        events = group;
      });
  const after = events.length === 0 ? plane : step(plane, aBatch(0, ...events));
  return { plane: answered(after), reading: next, lastGood };
};

/** The plane when its Envoy has answered everything. */
const answered = (plane: Plane): Plane => {
  let now = plane;
  for (let asked = -1; asked !== now.published?.snapshot.seq;) {
    const { published } = now;
    if (published === undefined) return now;
    asked = published.snapshot.seq;
    now = step(
      now,
      aBatch(0, { _tag: 'Verdict', node: 'edge', seq: asked, refused: refusals(now) }),
    );
  }
  return now;
};

const refusals = ({ published }: Plane): readonly Refusal[] =>
  published === undefined
    ? []
    : [...entries(published.snapshot.resources[TypeUrl.ScopedRoutes])].flatMap(
        ([name, resource]) =>
          resource.bytes.includes('/bad/')
            ? [{ typeUrl: TypeUrl.ScopedRoutes, name, version: resource.version, message: 'no' }]
            : [],
      );

/** A run after the death of another: all it has is what the state folder keeps. */
const restarted = ({ plane, reading }: Run, files: Files): Run => {
  const { published } = plane;
  if (published === undefined) throw new Error('expected a publication');
  const { manifests } = reading;
  const kept = lastGoodVersions((object) => manifests && locate(manifests, object, '')?.file);
  const lastGood = kept(published).map((one) => {
    const decoded = RecordedLastGood.decode(
      JSON.parse(JSON.stringify(RecordedLastGood.encode(one))),
    );
    if (!isRight(decoded)) throw new Error('cannot be read again');
    return decoded.right;
  });
  const { convicted } = published;
  return read(startRun(lastGood, newPlane({ ...options, convicted, lastGood })), files);
};

/** What Envoys have. */
const sent = ({ plane: { published } }: Run): unknown =>
  published &&
  typeUrls.map((typeUrl) =>
    [...entries(published.snapshot.resources[typeUrl])].map(([name, { version }]) => [
      name,
      version,
    ]),
  );

const problems = ({ plane: { published } }: Run): unknown =>
  published && [...entries(published.translation.problems)];

const edit = fc.constantFrom<Edit>(...edits);
const files = fc.array(
  fc.oneof(fc.constant('unreadable' as const), fc.tuple(edit, edit), fc.tuple(edit, edit)),
  { minLength: 3, maxLength: 3 },
);

test('a control plane that was killed serves what it would have served without that', (t) => {
  const moment = fc.record({ files, dies: fc.boolean() });
  holds(
    t,
    fc.property(fc.array(moment, { minLength: 1, maxLength: 6 }), (history) => {
      let lived = startRun([], newPlane(options));
      let died = lived;
      for (const { files: now, dies } of history) {
        lived = read(lived, now);
        died = read(died, now);
        if (dies) died = restarted(died, now);
        assert.deepEqual(sent(died), sent(lived));
        // What was wrong with the objects of a file that cannot be read is not kept.
        if (!now.includes('unreadable')) assert.deepEqual(problems(died), problems(lived));
      }
    }),
    { numRuns: 100 },
  );
});

test('what was corrected or deleted meanwhile is not what it was', (t) => {
  holds(
    t,
    fc.property(fc.array(files, { maxLength: 4 }), (history) => {
      let run = read(startRun([], newPlane(options)), [
        ['one', 'one'],
        ['one', 'one'],
      ]);
      for (const now of history) run = read(run, now);
      const after: Files = [
        ['other', 'absent'],
        ['absent', 'absent'],
      ];
      const [next, first] = [restarted(run, after), read(startRun([], newPlane(options)), after)];
      assert.deepEqual(sent(next), sent(first));
      assert.deepEqual(problems(next), problems(first));
    }),
  );
});
