import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

import { Observable } from 'rxjs';

interface TailOptions {
  /** Begin here, in bytes; what was there before is not read. */
  readonly from: number;
  /** Empty the file when it has grown past this many bytes and all of it was read. */
  readonly most: number;
  /** Milliseconds between two looks. */
  readonly every: number;
  /** When the writer is gone: what it has written is read, and that is the end. */
  readonly until: Promise<unknown>;
}

/**
 * The lines added to a file, in order.
 *
 * The writer must append (O_APPEND), or emptying the file leaves a hole; what it writes in the very
 * moment of emptying is lost. A line without its end is kept back until it has one. A file that
 * cannot be opened is an error.
 */
export const tailFile = (path: string, options: TailOptions): Observable<string> =>
  new Observable((subscriber) => {
    const gone = new AbortController();
    options.until.then(
      () => gone.abort(),
      () => gone.abort(),
    );
    const follow = async (): Promise<void> => {
      let tail: Tail = { position: options.from, rest: Buffer.alloc(0) };
      while (!subscriber.closed) {
        const last = gone.signal.aborted;
        const before = tail.position;
        tail = await look(path, tail, options, (line) => subscriber.next(line));
        if (tail.position > before) continue;
        if (last) break;
        await setTimeout(options.every, undefined, { signal: gone.signal }).catch(() => undefined);
      }
    };
    follow().then(
      () => subscriber.complete(),
      (error: unknown) => subscriber.error(error),
    );
    return () => gone.abort();
  });

interface Tail {
  readonly position: number;
  /** A line so far, without its end. */
  readonly rest: Buffer;
}

const look = async (
  path: string,
  tail: Tail,
  options: TailOptions,
  emit: (line: string) => void,
): Promise<Tail> => {
  const file = await open(path, 'r+');
  try {
    return await advance(file, tail, options, emit);
  } finally {
    await file.close();
  }
};

const advance = async (
  file: FileHandle,
  { position, rest }: Tail,
  { most }: TailOptions,
  emit: (line: string) => void,
): Promise<Tail> => {
  const { size } = await file.stat();
  if (size < position) return { position: 0, rest: Buffer.alloc(0) };
  if (size > position) {
    const length = Math.min(size - position, 1 << 20);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
    const known = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    const end = known.lastIndexOf('\n') + 1;
    for (const line of known.subarray(0, end).toString('utf8').split('\n').slice(0, -1)) emit(line);
    return { position: position + bytesRead, rest: Buffer.from(known.subarray(end)) };
  }
  if (position <= most) return { position, rest };
  await file.truncate(0);
  return { position: 0, rest };
};
