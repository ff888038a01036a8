import * as t from 'io-ts';

import { defaulted } from '../codec/defaulted.ts';
import { dictionary } from '../codec/dictionary.ts';
import { LabelSelector } from '../codec/label-selector.ts';
import { opaque } from '../codec/leaf.ts';
import { list } from '../codec/list.ts';
import { oneOf } from '../codec/one-of.ts';
import { Port } from '../codec/port.ts';
import { strict } from '../codec/strict.ts';
import { struct } from '../codec/struct.ts';
import { text } from '../codec/text.ts';
import { gatewayGroup, SecretReference } from './references.ts';
import { Group, KindName, RouteHostname, SectionName } from './names.ts';

/** A kind of routes. */
const RouteKind = struct({ group: defaulted(Group, gatewayGroup), kind: KindName }, {});

/** Those of the same namespace. */
const own = { from: 'Same' } as const;

const RouteNamespaces = strict(
  struct(
    { from: defaulted(oneOf('All', 'Selector', 'Same', 'None'), own.from) },
    { selector: LabelSelector },
  ),
);

/** Which routes may attach to a listener; those of its own namespace unless it says otherwise. */
const AllowedRoutes = strict(
  struct({ namespaces: defaulted(RouteNamespaces, own) }, { kinds: list(RouteKind, 64) }),
);

/** How TLS ends at a listener, or passes through it. */
const ListenerTls = strict(
  struct(
    { mode: defaulted(oneOf('Terminate', 'Passthrough'), 'Terminate') },
    { certificateRefs: list(SecretReference, 64), options: dictionary(t.string, t.string) },
  ),
);

/**
 * What happens to every request before it is routed, such as asking who may send it. An object that asks for it
 * is refused, because its requests must not pass without.
 */
const NoFilters = opaque(
  'nothing, because filters of listeners are not supported yet',
  (written): written is undefined => written === undefined,
);

/** A listener of a Gateway or of a ListenerSet: a port, what is spoken there, for which host names. */
export const ListenerEntry = struct(
  {
    name: SectionName,
    port: Port,
    protocol: text(255),
    allowedRoutes: defaulted(AllowedRoutes, { namespaces: own }),
  },
  {
    hostname: RouteHostname,
    tls: ListenerTls,
    filters: NoFilters,
  },
);
export type ListenerEntry = t.TypeOf<typeof ListenerEntry>;
