import {
  asyncScheduler,
  catchError,
  concatMap,
  connect,
  debounceTime,
  defer,
  EMPTY,
  expand,
  filter,
  map,
  merge,
  of,
  ReplaySubject,
  scan,
  startWith,
  switchMap,
  take,
  timer,
  type Observable,
  type ObservableInput,
  type SchedulerLike,
} from 'rxjs';

import type { LastGood } from '../src/kube/last-good.ts';
import {
  unread,
  withFailure,
  withFiles,
  type FolderFile,
  type Found,
  type Reading,
} from '../src/manifest/reading.ts';
import type { Holdoff } from './pipe/coalesce.ts';

/** The port to a folder of manifests. */
export interface Folder {
  /** What the folder is called in problems. */
  readonly path: string;
  /** Emits when something in the folder may have changed, without saying what; it may fail. */
  readonly changes$: Observable<unknown>;
  /** Everything in the folder, sorted; a file that did not change is the same object again. */
  readonly read: () => ObservableInput<readonly FolderFile[]>;
  /** What an earlier run knows of files that it could not read any more. */
  readonly lastGood?: readonly LastGood[];
  /** How many bytes an object may have; absent: the usual number. */
  readonly mostBytes?: number | undefined;
}

/**
 * Watches a folder of manifests. A source.
 *
 *     changes     ----a-b---------c--|
 *     quiet=3     r--------r---------(r|)     r = a read, emitted when it found a difference
 *
 * It reads once at the start: that lists every kind. After a change it waits until the folder has
 * been quiet for `quiet`, but no longer than `max`, and reads again; so a save in two steps and a
 * rename are one change. A change that comes during a read leads to another read.
 *
 * A read that fails is reported as a problem of the folder, keeps what the last one found and is
 * repeated with back-off, or at once after the next change; it never ends the stream. When
 * `changes$` completes, what is due is read first; an error of it passes.
 *
 * `concatMap`: one read after another.
 */
export const directory = (
  { path, changes$, read, lastGood = [], mostBytes }: Folder,
  holdoff: Holdoff = { quiet: 40, max: 500 },
  scheduler: SchedulerLike = asyncScheduler,
): Observable<Found> =>
  changes$.pipe(
    scan((changes) => changes + 1, 0),
    startWith(0),
    connect(
      (changed$) => {
        const attempt = ({ reading }: Attempt): Observable<Attempt> =>
          changed$.pipe(
            take(1),
            concatMap((seen) =>
              outcome(read, reading).pipe(map((next) => ({ seen, reading: next }))),
            ),
          );
        const due = ({ seen, reading }: Attempt): Observable<unknown> =>
          merge(settled(changed$, seen, holdoff, scheduler), backoff(reading, scheduler));
        return attempt({ seen: 0, reading: unread(path, lastGood, mostBytes) }).pipe(
          expand((last) =>
            due(last).pipe(
              take(1),
              concatMap(() => attempt(last)),
            ),
          ),
        );
      },
      { connector: () => new ReplaySubject<number>(1) },
    ),
    concatMap(({ reading }) => (reading.found === undefined ? [] : [reading.found])),
  );

/** A read, and how many changes had been announced when it began. */
interface Attempt {
  readonly seen: number;
  readonly reading: Reading;
}

/** Reads once; a failure is an outcome too. */
const outcome = (read: Folder['read'], before: Reading): Observable<Reading> =>
  defer(read).pipe(
    map((files) => ({ files })),
    catchError((error: unknown) =>
      of({ reason: error instanceof Error ? error.message : String(error) }),
    ),
    map((result) =>
      'files' in result ? withFiles(before, result.files) : withFailure(before, result.reason),
    ),
  );

/** Emits once, when a change that was not yet `seen` has been followed by enough quiet. */
const settled = (
  changed$: Observable<number>,
  seen: number,
  { quiet, max }: Holdoff,
  scheduler: SchedulerLike,
): Observable<unknown> =>
  changed$.pipe(
    filter((changes) => changes > seen),
    take(1),
    switchMap(() => merge(changed$.pipe(debounceTime(quiet, scheduler)), timer(max, scheduler))),
    take(1),
  );

/** Emits once, when a failed read is due again; never after a successful one. */
const backoff = ({ failures }: Reading, scheduler: SchedulerLike): Observable<unknown> =>
  failures === 0 ? EMPTY : timer(Math.min(100 * 2 ** (failures - 1), 5_000), scheduler);
