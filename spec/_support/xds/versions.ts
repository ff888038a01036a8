import { from } from '../../../src/collection/collection.ts';
import type { Held } from '../../../src/xds/session/held.ts';

/** What a client holds, by name. */
export const versions = (held: Readonly<Record<string, string>>): Held =>
  from(Object.entries(held).map(([name, version]) => [name, { version }]));
