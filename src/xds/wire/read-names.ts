import { empty, keys } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { keyAt } from '../../collection/trie/branch.ts';
import { findText } from '../../collection/trie/find-text.ts';
import type { Held } from '../session/held.ts';
import { nameCheck, type Places } from './name-check.ts';

/** Reads a list of names from a client that is likely to name everything in a collection. */
export type ReadNames = (bytes: Buffer, places: Places, likely: Held) => readonly string[];

/**
 * Reads lists of names of one type. A list of all likely names is the same object every time, as
 * long as the names stay, so what follows from it is computed once for all clients.
 */
export const namesReader = (): ReadNames => {
  let known: { readonly of: Held; readonly names: readonly string[] } = { of: empty(), names: [] };
  const everyName = (likely: Held): readonly string[] => {
    const stays = diff(known.of, likely).every(
      ({ before, after }) => before !== undefined && after !== undefined,
    );
    known = { of: likely, names: stays ? known.names : [...keys(likely)] };
    return known.names;
  };
  return (bytes, places, likely) => {
    if (places.length === 0) return none;
    const check = nameCheck(likely);
    const names: string[] = [];
    for (let i = 0; i < places.length; i += 2) {
      const [start = 0, end = 0] = [places[i], places[i + 1]];
      const name = findText(likely.root, bytes, start, end, (branch, at, hash) => {
        check.count(hash);
        return keyAt(branch, at);
      });
      names.push(name ?? bytes.toString('utf8', start, end));
    }
    return names.length === likely.size && check.isAll() ? everyName(likely) : names;
  };
};

/** The empty list, as the same object every time. */
const none: readonly string[] = [];
