import { definedOnly } from '../../../collection/defined-only.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { ConfiguredFilter, HttpFilter } from '../../../ir/filter/filter.ts';
import type { GrpcStatsFilter } from '../../../ir/filter/grpc.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ModulePartOf } from '../../../kube/emissary/module/module-keys.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { addressBlocks } from './address-rules.ts';
import { gzipFilter } from './gzip.ts';

/** The filters that a Module asks for, and what is wrong with what it says of them. */
export interface ModuleFilters {
  readonly filters: readonly (readonly [FilterName, HttpFilter])[];
  readonly problems: readonly Problem[];
}

type Said = ModulePartOf<'filters'>;

/** What a key of a Module comes to: a filter, one that cannot be built, or none. */
interface Found {
  readonly filter?: HttpFilter;
  readonly problems: readonly Problem[];
}

/**
 * The filters that a Module asks for. Its rules of addresses are there before it has any, so that the first one
 * holds from the next request on, on open connections too. What cannot be built lets nothing pass, as long as
 * the operator does not say otherwise.
 */
export const moduleFilters = (
  from: ObjectRef,
  said: Said,
  { isolation, serveUnguarded }: Pick<TranslateOptions, 'isolation' | 'serveUnguarded'>,
): ModuleFilters => {
  const unavailable = (kind: 'Addresses' | 'Script', problems: readonly Problem[]): Found =>
    serveUnguarded === true
      ? { problems }
      : { filter: { _tag: 'Unavailable', kind, from: [from] }, problems };
  const found: Readonly<Record<string, Found>> = {
    ip_allow: addresses(from, 'ip_allow', said.ip_allow, unavailable),
    ip_deny: addresses(from, 'ip_deny', said.ip_deny, unavailable),
    lua_scripts: script(from, said.lua_scripts, isolation === true, unavailable),
    enable_grpc_http11_bridge: only(said.enable_grpc_http11_bridge === true, 'GrpcBridge', from),
    enable_grpc_web: only(said.enable_grpc_web === true, 'GrpcWeb', from),
    grpc_stats: built(said.grpc_stats && grpcStats(said.grpc_stats, from)),
    gzip: built(said.gzip && gzipFilter(said.gzip, from)),
    buffer: built(
      said.buffer && {
        _tag: 'Buffer',
        maxRequestBytes: said.buffer.max_request_bytes,
        from: [from],
      },
    ),
  };
  return {
    filters: Object.entries(found).flatMap(([key, { filter }]) =>
      filter === undefined ? [] : [[`${from} ${key}`, filter] as const],
    ),
    problems: Object.values(found).flatMap(({ problems }) => problems),
  };
};

const built = (filter: ConfiguredFilter | undefined): Found =>
  definedOnly<Found>({ filter, problems: [] });

const only = (isAsked: boolean, _tag: 'GrpcBridge' | 'GrpcWeb', from: ObjectRef): Found =>
  built(isAsked ? { _tag, from: [from] } : undefined);

type Unavailable = (kind: 'Addresses' | 'Script', problems: readonly Problem[]) => Found;

const addresses = (
  object: ObjectRef,
  key: 'ip_allow' | 'ip_deny',
  list: Said['ip_allow'],
  unavailable: Unavailable,
): Found => {
  if (list === undefined)
    return { filter: { _tag: 'Idle', kind: 'Addresses', from: [object] }, problems: [] };
  const { blocks, faults } = addressBlocks(list);
  if (faults.length > 0)
    return unavailable(
      'Addresses',
      faults.map(({ at, ...fault }) => ({
        ...{ _tag: 'InvalidField', object, field: `spec.config.${key}${at}` },
        ...fault,
      })),
    );
  const passes = key === 'ip_allow' ? 'OnlyThese' : 'AllOthers';
  return built({ _tag: 'Addresses', passes, blocks, from: [object] });
};

/** A script sees the credentials of all namespaces, so where these are isolated it does not run. */
const script = (
  object: ObjectRef,
  lua: string | undefined,
  isIsolated: boolean,
  unavailable: Unavailable,
): Found => {
  if (lua === undefined || lua.trim() === '') return { problems: [] };
  if (!isIsolated) return built({ _tag: 'Script', lua, from: [object] });
  return unavailable('Script', [
    {
      _tag: 'InvalidField',
      object,
      field: 'spec.config.lua_scripts',
      expected: 'no script where namespaces are isolated: it would see the requests of all of them',
      got: 'one',
    },
  ]);
};

const grpcStats = (
  { services, all_methods: all, upstream_stats: upstream }: NonNullable<Said['grpc_stats']>,
  from: ObjectRef,
): GrpcStatsFilter => ({
  _tag: 'GrpcStats',
  methods:
    services?.map(({ name, method_names: methods = [] }) => ({ service: name, methods })) ??
    (all === true ? 'All' : 'None'),
  upstream: upstream === true,
  from: [from],
});
