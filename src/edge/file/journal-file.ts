import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';

import { fileTrouble } from './file-trouble.ts';

/** Where a recording goes. */
interface JournalFile {
  /** Appends a line; never waits, never throws. */
  readonly write: (line: string) => void;
  /** Settles when all that was written has reached the file. */
  readonly close: () => Promise<void>;
  /** Settles with the reason when recording had to stop; the pipe goes on without it. */
  readonly lost: Promise<Error>;
}

/** How much may wait for a disk that does not keep up, in bytes. */
const backlog = 64 * 1024 * 1024;

/**
 * Opens a journal for writing, readable by its owner alone.
 *
 * A file that is there already may be the record of a crash: it is kept, as `FILE.old`. Fails when
 * the file cannot be made.
 */
export const openJournalFile = async (path: string, limit = backlog): Promise<JournalFile> => {
  const stream = await opened(path).catch((error: unknown) => {
    throw new Error(`the journal ${path} cannot be written: ${fileTrouble(error)}`, {
      cause: error,
    });
  });
  const lost = new Promise<Error>((resolve) => stream.on('error', resolve));
  return {
    write: (line) => {
      if (stream.destroyed) return;
      stream.write(line);
      if (stream.writableLength > limit)
        stream.destroy(new Error(`recording to ${path} stopped: the disk does not keep up`));
    },
    close: async () => {
      if (stream.destroyed) return;
      stream.end();
      await finished(stream).catch(() => undefined);
    },
    lost,
  };
};

const opened = async (path: string): Promise<WriteStream> => {
  const old = await stat(path).catch(() => undefined);
  if (old?.isFile() === true) await rename(path, `${path}.old`);
  const stream = createWriteStream(path, { mode: 0o600 });
  await once(stream, 'open');
  return stream;
};
