import type { Collection } from '../../../collection/collection.ts';
import {
  joinEach,
  type Joined,
  type Read,
  type Tables,
} from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { FilterChainKey } from '../../../ir/filter-chain.ts';
import { refParts, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { ServedName, ServerNames } from '../../../ir/server-name.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { PortClaim, Ports } from '../../contribution/contribution.ts';
import type { KindOutcomes } from '../../contribution/outcome.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { servedBy } from '../host/served-names.ts';
import type { CompiledTcpMapping } from './compile-tcp-mapping.ts';
import { chainOfTcpMapping, type TcpGraph } from './tcp-graph.ts';
import { passedOn, type TcpGroup } from './tcp-group.ts';
import { tlsEnd, type TlsEndTables } from './tls-end.ts';

/** What TCPMappings serve on the addresses that they have. */
export interface TcpNames {
  readonly settled: Joined<FilterChainKey, TcpGroup, TcpTables, SettledTcp>;
  readonly served: Mapped<FilterChainKey, SettledTcp, ServedName>;
  /** Those of Hosts too. */
  readonly serverNames: United<FilterChainKey, ServedName>;
  /** What took each TCPMapping. */
  readonly parents: Joined<
    ObjectKey,
    CompiledTcpMapping,
    { settled: SettledTcp },
    readonly ObjectRef[]
  >;
}

/** What became of the TCPMappings of a group. */
export interface SettledTcp {
  readonly served?: ServedName;
  /** The Host or the TLSContext with whose certificate TLS ends. */
  readonly end?: ObjectRef;
  /** The Listener and the Host, or the TLSContext, that took them; absent: nothing is passed on for them. */
  readonly parents?: readonly ObjectRef[];
  readonly problems: readonly Problem[];
}

interface TcpTables extends TlsEndTables {
  readonly ports: PortClaim;
  /** The addresses as TCPMappings and Listeners ask for them. */
  readonly asked: PortClaim;
}

/**
 * Says what TCPMappings serve for each server name: TLS ends with the certificate of the narrowest Host around
 * the name, whichever Listener that Host is on, else with that of a TLSContext for this name. A name for which there
 * is none is refused, so that no wider one takes its connections.
 */
export const tcpNames = (options: TranslateOptions) => {
  const settleEach = joinEach(settledGroup(options));
  return function* (
    previous: TcpNames | undefined,
    { groups, compiled, ports: asked }: TcpGraph,
    ports: Ports,
    tables: Tables<TlsEndTables>,
    ofHosts: Collection<FilterChainKey, ServedName>,
  ): Work<TcpNames> {
    const settled = yield* settleEach(previous?.settled, groups.output, {
      ...tables,
      ports,
      asked: asked.output,
    });
    const served = yield* servedEach(previous?.served, settled.output);
    const serverNames = yield* union(previous?.serverNames, served.output, ofHosts);
    const parents = yield* parentsEach(previous?.parents, compiled.output, {
      settled: settled.output,
    });
    return { settled, served, serverNames, parents };
  };
};

const settledGroup = (options: TranslateOptions) => {
  const endOf = tlsEnd(options);
  return (group: TcpGroup, _: FilterChainKey, read: Read<TcpTables>): SettledTcp => {
    const { address, host, members, backends, problems } = group;
    const claim = read('ports', address.name);
    const asked = read('asked', address.name);
    const [opener] = claim?.listener.from ?? [];
    if (claim?.bare === undefined || opener !== asked?.listener.from[0])
      return { problems: [...problems, ...withoutPort(group, asked)] };
    const listeners = claim.listener.from.filter((ref) => refParts(ref)[0] === 'Listener');
    const isPassed = backends.length > 0;
    if (host === undefined) return { ...(isPassed && { parents: listeners }), problems };
    const from = members.map(({ ref }) => ref);
    const found = endOf(host, members, read);
    if (found === undefined)
      return {
        served: { _tag: 'Refuse', names: host, from },
        problems: [...problems, ...from.map((object) => withoutHost(object, host))],
      };
    const { certificate, ref } = found;
    const behind = new Set([ref, certificate.context ?? ref]);
    const served = servedBy(found, host, [...from, ...behind]);
    if (served._tag === 'Refuse')
      return {
        served,
        end: ref,
        problems: [...problems, ...from.map((one) => refusedBy(one, ref))],
      };
    return {
      served: { ...served, tcp: passedOn(group, claim.http.statPrefix) },
      end: ref,
      ...(isPassed && { parents: [...listeners, ref] }),
      problems: [...problems, ...found.problems],
    };
  };
};

const withoutPort = ({ members }: TcpGroup, asked: PortClaim | undefined): readonly Problem[] => {
  const [opener] = asked?.listener.from ?? [];
  // A claim by TCPMappings that lost is told to them where ports are settled.
  if (opener === undefined || asked?.bare === undefined || refParts(opener)[0] !== 'Listener')
    return [];
  const causes = [{ object: opener, reason: `has not got port ${asked.listener.port}` }];
  return members.map(
    ({ ref: object }) =>
      ({
        ...{
          _tag: 'NotAttached',
          object,
          field: 'spec.port',
          reason: 'its port is not open',
          causes,
        },
      }) as const,
  );
};

const withoutHost = (object: ObjectRef, host: ServerNames): Problem => ({
  _tag: 'NotAttached',
  object,
  field: 'spec.host',
  reason: `no Host with a certificate has the name ${host}; expected one that takes this namespace, or a TLSContext with ${host} in its hosts`,
});

const refusedBy = (object: ObjectRef, host: ObjectRef): Problem => ({
  _tag: 'NotAttached',
  object,
  field: 'spec.host',
  reason: 'handshakes are refused',
  causes: [{ object: host, reason: 'has no certificate that can be served as it asks' }],
});

const servedEach = mapEach(({ served }: SettledTcp, _: FilterChainKey) => served);

const parentsEach = joinEach(
  (one: CompiledTcpMapping, _: ObjectKey, read: Read<{ settled: SettledTcp }>) => {
    const chain = chainOfTcpMapping(one);
    return chain === undefined || one.cluster === undefined
      ? undefined
      : read('settled', chain)?.parents;
  },
);

/** A TCPMapping has an effect if connections are passed on for it. */
export const outcomesOfTcpMappings = ({
  parents,
}: TcpNames): KindOutcomes<readonly ObjectRef[]> => ({
  kind: 'TCPMapping',
  entries: parents.output,
  outcomeOf: () => ({ inEffect: true }),
  parentsOf: (refs) => refs,
});
