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
 * Reads the files again and again and emits when their content has changed.
 *
 * They are not watched, because a mounted Secret changes by a link two folders up, and some file
 * systems report no changes. Files that cannot be used are reported once, and not before the second
 * look: at the first, somebody may have replaced a certificate and not yet its key.
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
