import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';

import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

import { equal } from '../../collection/equal.ts';
import { namespaceOf } from '../../ir/object-ref.ts';
import { RecordedLastGood } from '../../journal/recorded-last-good.ts';
import type { LastGood } from '../../kube/last-good.ts';
import { messageOf } from '../message-of.ts';

/** The last good versions of objects, kept for the next control plane on the same state folder. */
interface LastGoodFile {
  /** What an earlier run wrote; nothing when there is no file, or one of no use, which is said once. */
  readonly read: () => readonly LastGood[];
  /** Replaces what was kept; writes nothing if that is the same. Never throws. */
  readonly write: (all: readonly LastGood[]) => void;
}

interface LastGoodFileOptions {
  /** Names what the objects are read from; what is of another input is not read. */
  readonly input: string;
  readonly warn: (message: string) => void;
}

/** How much is kept. */
const limits = { objects: 1_000, objectBytes: 64 * 1024, bytes: 4 * 1024 * 1024 };

/** The file at this path. */
export const lastGoodFile = (path: string, { input, warn }: LastGoodFileOptions): LastGoodFile => {
  const lineOf = encoder();
  let written: readonly LastGood[] | undefined = [];
  let complaint: string | undefined;
  const complain = (message: string | undefined): void => {
    if (message !== undefined && message !== complaint) warn(message);
    complaint = message;
  };
  return {
    read: () => {
      const { kept, fault } = readKept(path, input);
      written = fault === undefined ? kept : undefined;
      if (fault !== undefined) complain(`${path}, last good versions: ${fault}`);
      return kept;
    },
    write: (all) => {
      if (equal(all, written)) return;
      written = all;
      const kept = chosen(all, lineOf);
      try {
        replace(path, input, kept);
        complain(kept.length < all.length ? tooMany : undefined);
      } catch (error) {
        complain(`the last good versions of objects cannot be kept: ${messageOf(error)}`);
      }
    },
  };
};

const tooMany =
  'the last good versions of some objects would be lost with this control plane ' +
  `(expected at most ${limits.objects} objects of ${limits.objectBytes} bytes, ${limits.bytes} bytes in all)`;

/**
 * The lines to keep. Each namespace has one before any has two, so that nobody's mistakes take the place of
 * everybody else's.
 */
const chosen = (
  all: readonly LastGood[],
  lineOf: (one: LastGood) => string | undefined,
): readonly string[] => {
  const counts = new Map<string, number>();
  const ranked = all.map((one) => {
    const namespace = namespaceOf(one.key);
    const rank = counts.get(namespace) ?? 0;
    counts.set(namespace, rank + 1);
    return { one, rank };
  });
  const kept: string[] = [];
  let bytes = 0;
  for (const { one } of ranked.sort((a, b) => a.rank - b.rank).slice(0, limits.objects)) {
    const line = lineOf(one);
    if (line === undefined || bytes + Buffer.byteLength(line) > limits.bytes) continue;
    bytes += Buffer.byteLength(line);
    kept.push(line);
  }
  return kept;
};

/** Each version as a line, unless it is too long; a version is encoded once. */
const encoder = () => {
  const known = new WeakMap<LastGood['content'], Line>();
  return (one: LastGood): string | undefined => {
    const before = known.get(one.content);
    if (before !== undefined && equal(before.one, one)) return before.text;
    const text = JSON.stringify(RecordedLastGood.encode(one));
    const line = Buffer.byteLength(text) > limits.objectBytes ? { one } : { one, text };
    known.set(one.content, line);
    return line.text;
  };
};

interface Line {
  readonly one: LastGood;
  readonly text?: string;
}

/** A reader finds the old content or the new, never a part. */
const replace = (path: string, input: string, kept: readonly string[]): void => {
  if (kept.length === 0) {
    rmSync(path, { force: true });
    return;
  }
  const header: Header = { headgate: 'last good versions', version: 1, input };
  const text = [JSON.stringify(header), ...kept, ''].join('\n');
  writeFileSync(`${path}.part`, text, { mode: 0o600 });
  renameSync(`${path}.part`, path);
};

const Header = t.type({
  headgate: t.literal('last good versions'),
  version: t.literal(1),
  input: t.string,
});
type Header = t.TypeOf<typeof Header>;

interface Reading {
  readonly kept: readonly LastGood[];
  /** Why some or all of the file is of no use. */
  readonly fault?: string;
}

const readKept = (path: string, input: string): Reading => {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (status === undefined) return { kept: [] };
    if (status.size > 2 * limits.bytes) return useless('the file is too large');
    const [first = '', ...others] = readFileSync(path, 'utf8').trimEnd().split('\n');
    const header = Header.decode(parsed(first));
    if (!isRight(header)) return useless('the file was written by another version of Headgate');
    if (header.right.input !== input) return useless('the file is of another configuration');
    const kept = others.flatMap((line) => {
      const decoded = RecordedLastGood.decode(parsed(line));
      return isRight(decoded) ? [decoded.right] : [];
    });
    const bad = others.length - kept.length;
    return bad === 0 ? { kept } : { kept, fault: `${bad} of ${others.length} cannot be read` };
  } catch (error) {
    return useless(messageOf(error));
  }
};

const useless = (reason: string): Reading => ({ kept: [], fault: `not used, because ${reason}` });

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
