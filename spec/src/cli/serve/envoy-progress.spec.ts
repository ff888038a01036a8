import test from 'ava';

import { envoyProgress } from '../../../../src/cli/serve/envoy-progress.ts';
import type { AdsTelemetry } from '../../../../src/edge/ads/ads-telemetry.ts';

const opened = (stream: number, at: number, client?: string): AdsTelemetry => ({
  ...{ _tag: 'Opened', stream, at, peer: '' },
  ...(client !== undefined && { client }),
});

const answered = (stream: number, seq: number, at: number): AdsTelemetry => ({
  ...{ _tag: 'Answered', stream, seq, at, refused: [] },
});

const closed = (stream: number, at: number): AdsTelemetry => ({
  ...{ _tag: 'Closed', stream, at, node: '', reason: '', failed: false },
});

const none = { inSync: 0, behind: { snapshots: 0, milliseconds: 0 } };

test('without an Envoy nobody is behind', (t) => {
  const progress = envoyProgress();
  progress.published(1, 1000);
  t.deepEqual(progress.standing(5000), { local: none, remote: none });
  t.is(progress.publishedAt(), 1000);
});

test('an Envoy is behind since what it lacks first was published', (t) => {
  const progress = envoyProgress();
  progress.told(opened(1, 500));
  t.deepEqual(progress.standing(900).local, none);
  progress.published(1, 1000);
  progress.published(2, 2000);
  t.deepEqual(progress.standing(5000).local.behind, { snapshots: 2, milliseconds: 4000 });

  progress.told(answered(1, 1, 5000));
  t.deepEqual(progress.standing(5000).local, {
    ...{ inSync: 0, behind: { snapshots: 1, milliseconds: 3000 }, appliedAt: 5000 },
  });
  progress.told(answered(1, 2, 6000));
  t.deepEqual(progress.standing(9000).local, { ...none, inSync: 1, appliedAt: 6000 });

  progress.published(3, 9500);
  t.deepEqual(progress.standing(9700).local.behind, { snapshots: 1, milliseconds: 200 });
});

test('of several Envoys the one that is furthest behind counts, for its place', (t) => {
  const progress = envoyProgress();
  progress.published(1, 1000);
  for (const stream of [1, 2, 3])
    progress.told(opened(stream, 1000, stream === 1 ? undefined : 'edge'));
  progress.told(answered(1, 1, 1100));
  progress.told(answered(2, 1, 1200));
  const { local, remote } = progress.standing(3000);
  t.deepEqual(local, { ...none, inSync: 1, appliedAt: 1100 });
  t.deepEqual(remote, {
    ...{ inSync: 1, behind: { snapshots: 1, milliseconds: 2000 }, appliedAt: 1200 },
  });

  progress.told(closed(3, 3000));
  t.deepEqual(progress.standing(4000).remote, { ...none, inSync: 1, appliedAt: 1200 });
});

test('an Envoy that answers, but ever later, is behind by what is remembered at least', (t) => {
  const progress = envoyProgress();
  progress.told(opened(1, 0));
  for (let seq = 1; seq <= 1000; seq += 1) progress.published(seq, seq);
  progress.told(answered(1, 10, 1000));
  t.deepEqual(progress.standing(1000).local.behind, { snapshots: 990, milliseconds: 255 });
});

test('what an Envoy answered that has come back counts from nothing', (t) => {
  const progress = envoyProgress();
  progress.published(7, 1000);
  progress.told(opened(1, 1000));
  progress.told(answered(1, 7, 1100));
  progress.told(closed(1, 1200));
  progress.told(opened(2, 2000));
  t.deepEqual(progress.standing(2500).local.behind, { snapshots: 7, milliseconds: 500 });
});
