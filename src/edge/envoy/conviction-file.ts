import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import { isRight } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Conviction } from '../../quarantine/quarantine.ts';

/** What Envoy refused, kept for the next control plane on the same state folder. */
interface ConvictionFile {
  /** What an earlier run wrote; nothing when there is no file or it is damaged. */
  readonly read: () => readonly Conviction[];
  /** Replaces what was kept; writes nothing if that is the same. */
  readonly write: (convicted: readonly Conviction[]) => void;
}

/** The file at this path. */
export const convictionFile = (path: string): ConvictionFile => {
  let kept: readonly Conviction[] | undefined;
  return {
    read: () => {
      kept = parse(path);
      return kept;
    },
    write: (convicted) => {
      if (convicted === kept || (convicted.length === 0 && (kept?.length ?? 0) === 0)) return;
      writeFileSync(`${path}.part`, JSON.stringify(convicted), { mode: 0o600 });
      renameSync(`${path}.part`, path);
      kept = convicted;
    },
  };
};

const Kept = t.readonlyArray(
  t.type({ object: t.string, digest: t.string, resource: t.string, message: t.string }),
);

const parse = (path: string): readonly Conviction[] => {
  try {
    const decoded = Kept.decode(JSON.parse(readFileSync(path, 'utf8')));
    return isRight(decoded)
      ? decoded.right.map((one) => ({ ...one, object: one.object as ObjectRef }))
      : [];
  } catch {
    return [];
  }
};
