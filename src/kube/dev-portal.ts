import * as t from 'io-ts';

import { AmbassadorId } from './ambassador-id.ts';
import { dictionary } from './dictionary.ts';
import { Milliseconds } from './integer.ts';
import { list } from './list.ts';
import { ObjectMeta } from './object-meta.ts';
import { oneOf } from './one-of.ts';
import { struct } from './struct.ts';
import { Address, Name, Path } from './text.ts';

/** getambassador.io DevPortal: documentation of what is behind the gateway. */
export const DevPortal = struct(
  {
    metadata: ObjectMeta,
    spec: struct(
      {},
      {
        ambassador_id: AmbassadorId,
        content: struct({}, { branch: Name, dir: Path, url: Path }),
        default: t.boolean,
        docs: list(struct({}, { service: Address, timeout_ms: Milliseconds, url: Path })),
        naming_scheme: oneOf('namespace.name', 'name.prefix'),
        preserve_servers: t.boolean,
        search: struct({}, { enabled: t.boolean, type: oneOf('title-only', 'all-content') }),
        selector: struct(
          {},
          { matchLabels: dictionary(t.string, t.string), matchNamespaces: list(Name) },
        ),
      },
    ),
  },
  {},
);
export type DevPortal = t.TypeOf<typeof DevPortal>;
