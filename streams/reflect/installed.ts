import {
  distinctUntilChanged,
  filter,
  map,
  scan,
  type Observable,
  type OperatorFunction,
} from 'rxjs';

import { keyParts, type ObjectKey } from '../../src/ir/object-ref.ts';
import type { Reflected } from '../../src/kube/reflect/reflected.ts';

/**
 * Whether one of the definitions in question is installed.
 *
 *     in      -S--u--u--r-|     S = definitions listed, u, r = one that is in question comes, goes
 *     out     -f--t-----f-|     t = true, f = false
 *
 * Where definitions may not be read, none is installed. It says nothing before anything is known, and nothing
 * twice. Completion and errors pass.
 */
export const installed =
  (isInQuestion: (definition: string) => boolean): OperatorFunction<Reflected<Defined>, boolean> =>
  (definitions$: Observable<Reflected<Defined>>) =>
    definitions$.pipe(
      scan(known(isInQuestion), undefined),
      filter((names) => names !== undefined),
      map((names) => names.size > 0),
      distinctUntilChanged(),
    );

/** A definition; its name is that of the kind. */
interface Defined {
  readonly key: ObjectKey;
}

type Known = ReadonlySet<string> | undefined;

const known =
  (isInQuestion: (definition: string) => boolean) =>
  (names: Known, said: Reflected<Defined>): Known => {
    switch (said._tag) {
      case 'Synced':
        return new Set(said.items.map(nameOf).filter(isInQuestion));
      case 'Upserted':
        return isInQuestion(nameOf(said.item))
          ? new Set([...(names ?? []), nameOf(said.item)])
          : names;
      case 'Removed':
        return new Set([...(names ?? [])].filter((name) => name !== nameOf(said.item)));
      case 'Interrupted':
        return said.cause === 'Unreachable' ? names : (names ?? new Set());
      case 'Restored':
        return names;
    }
  };

const nameOf = ({ key }: Defined): string => keyParts(key)[1];
