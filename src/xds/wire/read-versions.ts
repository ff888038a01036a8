import { keys, withEdits } from '../../collection/collection.ts';
import { editOf, type Edit } from '../../collection/edit.ts';
import { removals } from '../../collection/removals.ts';
import { valueAt, type Branch } from '../../collection/trie/branch.ts';
import { findText, isText } from '../../collection/trie/find-text.ts';
import { isSameVersion, type Held, type Version } from '../session/held.ts';
import { nameCheck, type Places } from './name-check.ts';
import { readFields, type TakeField } from './read-fields.ts';

/**
 * Reads what a client says it holds; wherever that is as expected, it has the subtrees of `likely`.
 *
 * A client that reconnects lists all it has, in any order. Nothing is made for an entry that is as
 * expected, so a hundred thousand names cost some milliseconds, and no memory.
 */
export const readVersions = (bytes: Buffer, entries: Places, likely: Held): Held => {
  const check = nameCheck(likely);
  const others: Edit<string, Version>[] = [];
  const found = (branch: Branch<string, Version>, at: number, hash: number): Version => {
    check.count(hash);
    return valueAt(branch, at);
  };
  eachEntry(bytes, entries, (keyStart, keyEnd, start, end) => {
    const known = findText(likely.root, bytes, keyStart, keyEnd, found);
    if (known === undefined || !isText(bytes, start, end, known.version))
      others.push(editOf(text(bytes, keyStart, keyEnd), { version: text(bytes, start, end) }));
  });
  const gone = check.isAll() ? [] : missing(bytes, entries, likely);
  return withEdits(likely, [...gone, ...others], isSameVersion);
};

/** The removals of what was expected and is not there. */
const missing = (
  bytes: Buffer,
  entries: Places,
  likely: Held,
): readonly Edit<string, Version>[] => {
  const there = new Set<string>();
  eachEntry(bytes, entries, (start, end) => there.add(text(bytes, start, end)));
  return removals([...keys(likely)].filter((name) => !there.has(name)));
};

/**
 * Tells where the name and the version of each entry are. An entry of a map is a message with a key and
 * a value; nearly always both are there, in this order and shorter than 128 bytes.
 */
const eachEntry = (
  bytes: Buffer,
  entries: Places,
  take: (keyStart: number, keyEnd: number, start: number, end: number) => void,
): void => {
  const at = { keyStart: 0, keyEnd: 0, start: 0, end: 0 };
  const note: TakeField = (field, start, end) => {
    if (field === 1) Object.assign(at, { keyStart: start, keyEnd: end });
    else if (field === 2) Object.assign(at, { start, end });
  };
  for (let i = 0; i < entries.length; i += 2) {
    const start = entries[i] as number;
    const end = entries[i + 1] as number;
    const keyEnd = start + 2 + (bytes[start + 1] as number);
    const isUsual =
      bytes[start] === keyTag &&
      keyEnd - start < 0x82 &&
      bytes[keyEnd] === valueTag &&
      keyEnd + 2 + (bytes[keyEnd + 1] as number) === end &&
      end - keyEnd < 0x82;
    if (isUsual) take(start + 2, keyEnd, keyEnd + 2, end);
    else {
      // Either may be absent and is empty then.
      Object.assign(at, { keyStart: 0, keyEnd: 0, start: 0, end: 0 });
      readFields(bytes, start, end, note);
      take(at.keyStart, at.keyEnd, at.start, at.end);
    }
  }
};

/** Fields 1 and 2 of wire type LEN. */
const keyTag = 0x0a;
const valueTag = 0x12;

const text = (bytes: Buffer, start: number, end: number): string =>
  bytes.toString('utf8', start, end);
