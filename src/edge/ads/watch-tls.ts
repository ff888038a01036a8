import {
  asyncScheduler,
  exhaustMap,
  filter,
  interval,
  map,
  scan,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

import { messageOf } from '../message-of.ts';
import {
  isSameMaterial,
  readTlsMaterial,
  type TlsFiles,
  type TlsMaterial,
} from './tls-material.ts';

/** What became of the files of a TLS server. */
export type TlsChange =
  | { readonly _tag: 'Loaded'; readonly material: TlsMaterial }
  | { readonly _tag: 'Unusable'; readonly message: string };

/**
 * Looks at the files from time to time and tells when there is something else in them.
 *
 * A look, and no watch: a mounted Secret changes by a link two folders up, and on some file systems
 * nothing is told at all. Files that cannot be used are told once, at the second look: whoever
 * replaces a certificate and its key one after the other is not done at the first.
 */
export const watchTls = (
  files: TlsFiles,
  held: TlsMaterial,
  every: number,
  scheduler: SchedulerLike = asyncScheduler,
): Observable<TlsChange> =>
  interval(every, scheduler).pipe(
    exhaustMap(async () => await look(files)),
    scan(advance, { held }),
    map(({ change }) => change),
    filter((change) => change !== undefined),
  );

interface Watch {
  readonly held: TlsMaterial;
  /** What was wrong at the last look, and what was told. */
  readonly fault?: string;
  readonly told?: string;
  readonly change?: TlsChange;
}

type Look = Required<Pick<Watch, 'held'>> | Required<Pick<Watch, 'fault'>>;

const look = async (files: TlsFiles): Promise<Look> => {
  try {
    return { held: await readTlsMaterial(files) };
  } catch (error) {
    return { fault: messageOf(error) };
  }
};

const advance = (watch: Watch, found: Look): Watch => {
  const { held, told } = watch;
  if ('held' in found)
    return isSameMaterial(held, found.held)
      ? { held }
      : { held: found.held, change: { _tag: 'Loaded', material: found.held } };
  const { fault } = found;
  if (fault === told) return { held, fault, told };
  return fault === watch.fault
    ? { held, fault, told: fault, change: { _tag: 'Unusable', message: fault } }
    : { held, fault };
};
