import * as t from 'io-ts';

import { dictionary } from '../codec/dictionary.ts';
import { Milliseconds } from '../codec/integer.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { struct } from '../codec/struct.ts';
import { Address, Name, Path } from '../codec/text.ts';
import { ageField, metaFields } from '../core/object-meta.ts';
import { AmbassadorId } from './ambassador-id.ts';

/** getambassador.io DevPortal: documentation of what is behind the gateway. */
export const DevPortal = struct(
  {
    metadata: struct(metaFields, ageField),
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
