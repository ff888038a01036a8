import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Host } from '../../../kube/emissary/host.ts';
import type { NamespaceGrants } from '../../grants.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { hasTls, type ContextGraph } from '../context/context-graph.ts';
import type { CompiledContext } from '../context/spoken-tls.ts';
import type { AttachedHost, AttachmentTables } from './attachment.ts';
import { chosenContext, contextNameOf, hostCalled, type ChoiceTables } from './chosen-context.ts';
import { withContext } from './host-context.ts';

/** The Hosts, those with the TLS settings that count for them. */
export interface ContextualHosts {
  /** The Hosts that TLSContexts are called after, if there are such Hosts. */
  readonly namesakes: Grouped<ObjectKey, CompiledContext, ObjectKey, true>;
  /** The Hosts that say themselves which settings count. */
  readonly explicit: Mapped<ObjectKey, Host, true>;
  readonly candidates: United<ObjectKey, unknown>;
  readonly contextual: Joined<ObjectKey, unknown, ContextualTables, AttachedHost>;
  readonly hosts: United<ObjectKey, AttachedHost>;
}

interface ContextualTables extends ChoiceTables, Pick<AttachmentTables, 'certificates'> {
  readonly attached: AttachedHost;
  readonly objects: Host;
}

/** Attached Hosts, the objects that they are from, and what is known of Secrets and grants. */
interface Inputs {
  readonly attached: Collection<ObjectKey, AttachedHost>;
  readonly objects: Collection<ObjectKey, Host>;
  readonly certificates: Collection<string, AttachmentTables['certificates']>;
  readonly grants: Collection<string, NamespaceGrants>;
}

/** Gives Hosts their TLS settings. Nothing is done for a Host for which there can be none. */
export const contextualHosts = (options: TranslateOptions) => {
  const choose = chosenContext(options);
  const contextualEach = joinEach(
    (_: unknown, key: ObjectKey, read: Read<ContextualTables>): AttachedHost | undefined => {
      const [attached, host] = [read('attached', key), read('objects', key)];
      const chosen = host && choose(host, key, read);
      return attached && host && chosen && withContext(attached, host, chosen, read);
    },
  );
  return function* (
    previous: ContextualHosts | undefined,
    { attached, objects, certificates, grants }: Inputs,
    { known, byName, ofHosts }: ContextGraph,
  ): Work<ContextualHosts> {
    const namesakes = yield* namesakesOf(previous?.namesakes, known.output);
    const explicit = yield* explicitOf(previous?.explicit, objects);
    const candidates = yield* union<ObjectKey, unknown>(
      previous?.candidates,
      namesakes.output,
      explicit.output,
    );
    const contextual = yield* contextualEach(previous?.contextual, candidates.output, {
      ...{ attached, objects, certificates, grants },
      ...{ contexts: byName.output, inline: ofHosts.output },
    });
    const hosts = yield* union(previous?.hosts, contextual.output, attached);
    return { namesakes, explicit, candidates, contextual, hosts };
  };
};

const explicitOf = mapEach(({ spec }: Host, _: ObjectKey): true | undefined =>
  hasTls(spec) || contextNameOf(spec) !== undefined ? true : undefined,
);

const namesakesOf = groupBy((_: CompiledContext, key: ObjectKey) => keyed(hostCalled(key)));

const keyed = (host: ObjectKey | undefined): readonly (readonly [ObjectKey, true])[] =>
  host === undefined ? [] : [[host, true]];
