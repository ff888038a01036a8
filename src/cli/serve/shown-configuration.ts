import { get, keys, type Collection } from '../../collection/collection.ts';
import {
  namedCollections,
  type NamedCollection,
} from '../../collection/operator/named-collections.ts';
import { Members } from '../../edge/admin/members.ts';
import type { Ir } from '../../ir/ir.ts';
import { shownParts } from '../../ir/shown-parts.ts';
import type { Translation } from '../../translate/translate.ts';
import type { SnapshotGraph } from '../../xds/make-snapshot.ts';
import { toJson } from '../../xds/message/to-json.ts';
import type { Snapshot } from '../../xds/snapshot.ts';
import type { NamedResource } from '../../xds/provenance.ts';
import { typeUrls } from '../../xds/type-url.ts';

/** The resources, or those that are wanted, as ProtoJSON, by type and sorted by name, each made in its turn. */
export function* shownResources(
  resources: Snapshot['resources'],
  isWanted: (resource: NamedResource) => boolean = () => true,
): Generator<unknown> {
  for (const typeUrl of typeUrls)
    for (const [name, resource] of sorted(resources[typeUrl]))
      if (isWanted({ typeUrl, name }))
        yield { name, version: resource.version, resource: toJson(resource) };
}

/** The IR as plain data, sorted by name, each node looked at when its turn comes. */
export const shownIr = (ir: Ir): unknown =>
  Object.fromEntries(shownParts(ir).map(([part, nodes]) => [part, new Members(nodes)]));

/** The steps from objects to resources, by name and in their order, with what they read and made. */
export const shownSteps = (
  { states }: Translation,
  snapshot: SnapshotGraph,
): readonly NamedCollection[] => namedCollections({ ...states, snapshot });

function* sorted<V>(nodes: Collection<string, V>): Generator<readonly [string, V]> {
  for (const name of [...keys(nodes)].sort()) {
    const node = get(nodes, name);
    if (node !== undefined) yield [name, node];
  }
}
