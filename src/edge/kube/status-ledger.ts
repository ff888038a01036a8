import { Subject, type Observable } from 'rxjs';

import { refParts, type ObjectKey, type ObjectRef } from '../../ir/object-ref.ts';
import { nothingOfOurs } from '../../status/held-gateway-status.ts';
import type { HeldStatus } from '../../status/held-status.ts';
import { heldOf } from '../../status/status.ts';

/** Knows what status the API server holds of each object: digests and times, not the text. */
export interface StatusLedger {
  /** The source read an object, which is here as the API server gave it. */
  readonly noted: (object: ObjectRef, raw: unknown) => void;
  /** The object is gone. */
  readonly forgotten: (object: ObjectRef) => void;
  /** These are all objects of a kind; others are gone. */
  readonly listed: (kind: string, present: Iterable<ObjectKey>) => void;
  /** The API server answered a write of a status of this digest with the object. */
  readonly written: (object: ObjectRef, digest: string, raw: unknown) => void;
  /**
   * Whether the API server holds a status of this digest, or what it made of it when we wrote it.
   */
  readonly holds: (object: ObjectRef, digest: string) => boolean;
  /** Whether a status of this digest is what we wrote last: who must write it again has a rival. */
  readonly repeats: (object: ObjectRef, digest: string) => boolean;
  readonly held: (object: ObjectRef) => HeldStatus | undefined;
  /** Objects whose status somebody else has changed. */
  readonly disturbed$: Observable<ObjectRef>;
}

interface Entry {
  readonly held: HeldStatus;
  /** What we wrote last, and what the API server made of it, by digest. */
  readonly wrote?: { readonly digest: string; readonly became: string };
}

/** An empty ledger; it keeps one entry for each object. */
export const statusLedger = (): StatusLedger => {
  const entries = new Map<ObjectRef, Entry>();
  const disturbed = new Subject<ObjectRef>();
  return {
    noted: (object, raw) => {
      const held = heldOf(refParts(object)[0], raw);
      const before = entries.get(object);
      entries.set(object, before?.wrote === undefined ? { held } : { held, wrote: before.wrote });
      const isNews = before !== undefined && before.held.digest !== held.digest;
      if (isNews && held.digest !== before.wrote?.became) disturbed.next(object);
    },
    forgotten: (object) => {
      entries.delete(object);
    },
    listed: (kind, present) => {
      const left = new Set<ObjectKey>(present);
      for (const object of entries.keys()) {
        const [itsKind, key] = refParts(object);
        if (itsKind === kind && !left.has(key)) entries.delete(object);
      }
    },
    written: (object, digest, raw) => {
      const held = heldOf(refParts(object)[0], raw);
      entries.set(object, { held, wrote: { digest, became: held.digest } });
    },
    holds: (object, digest) => {
      const { held, wrote } = entries.get(object) ?? {};
      if (digest === nothingOfOurs) return held?.shared?.isOurs !== true;
      return (
        held !== undefined &&
        (held.digest === digest || (wrote?.digest === digest && wrote.became === held.digest))
      );
    },
    repeats: (object, digest) => entries.get(object)?.wrote?.digest === digest,
    held: (object) => entries.get(object)?.held,
    disturbed$: disturbed.asObservable(),
  };
};
