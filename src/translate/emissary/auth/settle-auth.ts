import { values, type Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import { equal } from '../../../collection/equal.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import type { Cluster } from '../../../ir/cluster.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../../ir/filter/filter.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { AuthSpec } from '../../../kube/emissary/auth-service.ts';
import type { Problem } from '../../../problem/problem.ts';
import { bySeniority } from '../../contribution/seniority.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { serviceUpstream } from '../upstream/service-upstream.ts';
import type { UpstreamSpec } from '../upstream/upstream.ts';
import type { UpstreamTables } from '../upstream/upstream-tables.ts';
import { authQuestion } from './auth-question.ts';
import type { AuthSource } from './auth-source.ts';
import { questionFaults } from './question-faults.ts';
import { placeOf, sharedCluster } from './shared-cluster.ts';

/** The filter that all AuthServices together ask for, and who has a part in it. */
export interface SettledAuth {
  readonly filter: HttpFilter;
  /** Whose services are asked. */
  readonly members: readonly ObjectRef[];
  readonly cluster?: Cluster;
  /** The TLSContexts with which they are reached. */
  readonly contexts: readonly ObjectKey[];
  readonly problems: readonly Problem[];
}

/** What the filter is made from. */
export interface AuthTables extends UpstreamTables {
  /** The AuthServices, and the Modules that stand for one; all under the key `all`. */
  readonly services: Collection<ObjectKey, AuthSource>;
  readonly modules: Collection<ObjectKey, AuthSource>;
  /** Under the key `all` there is something if an object cannot be read that may be an AuthService. */
  readonly unread: unknown;
}

/**
 * Makes the one filter of all AuthServices. Each adds its service to one cluster; of each field the value of the
 * first one that has any counts, and a Module comes first, as in Emissary. Nothing passes where one of them cannot be read, or the first cannot be asked.
 */
export const settleAuth = (options: TranslateOptions) => {
  const reached = serviceUpstream(options);
  return (_: true, __: FilterName, read: Read<AuthTables>): SettledAuth => {
    const sources = (['modules', 'services'] as const).flatMap((table) =>
      [...inTable(read(table, 'all'))].sort(bySeniority),
    );
    const isUnread = read('unread', 'all') !== undefined;
    const readable = sources.filter(isReadable);
    const illegible = sources.filter((one) => !isReadable(one)).map(illegibleProblem);
    const [first, ...others] = readable;
    const isClosed = isUnread || illegible.length > 0;
    if (first === undefined)
      return { filter: isClosed ? closed : idle, ...nobody, problems: illegible };
    const { spec, problems: conflicts } = mergedSpec(readable);
    const clusterOf = (source: ReadableSource) =>
      reached(
        {
          ref: source.ref,
          field: `${source.at}.auth_service`,
          spec: upstreamSpec(spec, source.spec.auth_service),
        },
        read,
      );
    const [found, ...rest] = [clusterOf(first), ...others.map(clusterOf)];
    const { fatal, minor } = questionFaults(first.ref, first.at, spec);
    const problems = [
      ...illegible,
      ...conflicts,
      ...fatal,
      ...minor,
      ...[found, ...rest].flatMap((one) => one.problems),
    ];
    if (isClosed || fatal.length > 0 || found.cluster === undefined)
      return { filter: closed, ...nobody, problems: [...problems, closing(first.ref)] };
    const reachable = others.flatMap((source, i) => {
      const { cluster, context } = rest[i] ?? {};
      return cluster === undefined ? [] : [{ source, cluster, context }];
    });
    const { cluster, joined } = sharedCluster(
      found.cluster,
      reachable.map((one) => one.cluster),
    );
    const asked = reachable.filter((_one, i) => joined[i] === true);
    const members = [first.ref, ...asked.map(({ source }) => source.ref)];
    const contexts = [found.context, ...asked.map(({ context }) => context)];
    return {
      filter: {
        _tag: 'ExtAuth',
        ...authQuestion(spec, placeOf(cluster)),
        cluster: cluster.name,
        from: members,
      },
      members,
      contexts: [...new Set(contexts.flatMap((one) => (one === undefined ? [] : [one])))],
      cluster,
      problems: [
        ...problems,
        ...asked.map(({ source }) => together(source, first)),
        ...reachable
          .filter((_one, i) => joined[i] !== true)
          .map(({ source }) => conflict(source, 'auth_service', first, otherManner)),
      ],
    };
  };
};

type ReadableSource = AuthSource & { readonly spec: AuthSpec };

const isReadable = (source: AuthSource): source is ReadableSource => source.spec !== undefined;

const inTable = <V>(table: Collection<ObjectKey, V> | undefined): Iterable<V> =>
  table === undefined ? [] : values(table);

/** Holds the place of an AuthService that may come. */
const idle = { _tag: 'Idle', kind: 'ExtAuth', from: [] } as const;

/** Nobody is asked. */
const nobody = { members: [], contexts: [] } as const;

/** From nobody: no refusal of Envoy takes out what closes. */
const closed = { _tag: 'Unavailable', kind: 'ExtAuth', from: [] } as const;

/**
 * All fields that several AuthServices have in common, and who is at odds with an earlier one. The first one is
 * told what it does not say itself.
 */
const mergedSpec = (sources: readonly ReadableSource[]) => {
  const setBy = new Map<keyof AuthSpec, ReadableSource>();
  const problems: Problem[] = [];
  let spec: AuthSpec | undefined;
  const [first] = sources;
  for (const source of sources) {
    for (const field of Object.keys(source.spec) as (keyof AuthSpec)[]) {
      if (ownFields.has(field)) continue;
      const earlier = setBy.get(field);
      if (earlier === undefined) {
        setBy.set(field, source);
        if (first !== undefined && first !== source) problems.push(added(first, field, source));
      } else if (!equal(earlier.spec[field], source.spec[field]))
        problems.push(conflict(source, field, earlier, 'all AuthServices are one'));
    }
    spec = { ...source.spec, ...spec };
  }
  return { spec: spec as AuthSpec, problems };
};

/** What each AuthService says for itself. */
const ownFields: ReadonlySet<string> = new Set(['auth_service', 'ambassador_id', 'v2ExplicitTLS']);

const upstreamSpec = (
  { tls, circuit_breakers, stats_name, proto }: AuthSpec,
  service: string,
): UpstreamSpec => ({
  service,
  ...definedOnly<Omit<UpstreamSpec, 'service'>>({ tls, circuit_breakers, stats_name }),
  ...(proto === 'grpc' && { grpc: true }),
});

const otherManner =
  'its service is not spoken to as that of another AuthService, so it is not asked';

const conflict = (
  { ref: object, at }: AuthSource,
  field: string,
  { ref: other }: AuthSource,
  reason: string,
): Problem => ({ _tag: 'Conflict', object, field: `${at}.${field}`, other, reason });

/** It may open what the first one keeps closed: `failure_mode_allow`. */
const added = (
  { ref: object, at }: AuthSource,
  name: string,
  { ref: other }: AuthSource,
): Problem => ({
  ...{ _tag: 'Note', object, field: `${at}.${name}` },
  note: `it is absent here, so that of ${other} counts: all AuthServices are one`,
});

const together = ({ ref: object, at }: AuthSource, { ref: first }: AuthSource): Problem => ({
  ...{ _tag: 'Note', object, field: `${at}.auth_service` },
  note: `all AuthServices are one: this service and that of ${first} are asked in turn, in the manner of ${first}`,
});

const illegibleProblem = ({ ref: object, at: field }: AuthSource): Problem => ({
  ...{ _tag: 'InvalidField', object, field },
  ...{ expected: 'the fields of an AuthService', got: 'others' },
});

const closing = (object: ObjectRef): Problem => ({
  _tag: 'GuardUnusable',
  object,
  field: '',
  effect: 'UncheckedRefused',
});
