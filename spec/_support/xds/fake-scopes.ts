import type { Resource } from '../../../src/xds/resource.ts';
import type { DeltaResponse } from '../../../src/xds/session/discovery.ts';
import { isShardFilter, tableOfFilter } from '../../../src/xds/shard/shard.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import type { FakeEnvoy, Scoping } from './fake-envoy.ts';
import { referencesOf } from './xds-world.ts';

/** The filters of all listeners, also of waiting and of former ones. */
export const filtersNeeded = (envoy: FakeEnvoy): ReadonlySet<string> =>
  new Set(
    [...envoy.types[TypeUrl.Listener].held.values(), ...inForce(envoy)].flatMap(
      (listener) => referencesOf(listener).filters ?? [],
    ),
  );

/**
 * The state after a response: its scopes are in force, listeners that are gone or replaced drain,
 * and listeners that have all they wait for serve.
 */
export const scopingAfter = (
  envoy: FakeEnvoy,
  { typeUrl, resources, removed }: DeltaResponse,
  applied: readonly Resource[],
  dropped: readonly string[],
): Scoping => {
  let { scoping } = envoy;
  if (typeUrl === TypeUrl.Extension)
    scoping = {
      ...scoping,
      filters: new Set([
        ...scoping.filters,
        ...removed,
        ...(resources.length === 1 ? resources : applied).map(({ name }) => name),
      ]),
    };
  if (typeUrl === TypeUrl.ScopedRoutes && scoping.scopes !== undefined) {
    const scopes = new Map(scoping.scopes);
    for (const name of dropped) scopes.delete(name);
    for (const resource of applied) scopes.set(resource.name, resource);
    scoping = { ...scoping, scopes, isTold: true };
  }
  return served({ ...envoy, scoping });
};

/** Lets the connections of former listeners end. */
export const drained = (envoy: FakeEnvoy): FakeEnvoy => {
  const scoping = { ...envoy.scoping, draining: [] };
  return { ...envoy, scoping: served({ ...envoy, scoping }) };
};

/** Brings the listeners that can serve into force; without any that has scopes, scopes are forgotten. */
const served = (envoy: FakeEnvoy): Scoping => {
  const { held } = envoy.types[TypeUrl.Listener];
  const needed = filtersNeeded(envoy);
  const isScoping = [...needed].some(isShardFilter);
  const { scopes: kept, ...before } = envoy.scoping;
  const scoping: Scoping = isScoping
    ? { ...before, scopes: kept ?? new Map(), filters: intersection(before.filters, needed) }
    : { ...before, isTold: false, filters: intersection(before.filters, needed) };
  const serving = new Map(scoping.serving);
  const draining = [...scoping.draining];
  for (const [name, listener] of scoping.serving)
    if (!held.has(name)) {
      serving.delete(name);
      draining.push(listener);
    }
  for (const [name, listener] of held) {
    const before = serving.get(name);
    const filters = referencesOf(listener).filters ?? [];
    const isReady =
      (scoping.isTold || !filters.some(isShardFilter)) &&
      filters.every((one) => scoping.filters.has(one));
    if (before?.version === listener.version || !isReady) continue;
    serving.set(name, listener);
    if (before !== undefined) draining.push(before);
  }
  return { ...scoping, serving, draining: draining.filter(isScoped) };
};

/**
 * The requests that find no routes after a response although they did before, or that are new. The
 * scopes that it removes are gone a moment before the ones it brings are there.
 */
export const misrouted = (
  before: FakeEnvoy,
  after: FakeEnvoy,
  dropped: readonly string[],
): readonly string[] => {
  const scopes = new Map(before.scoping.scopes);
  for (const name of dropped) scopes.delete(name);
  const between = { ...before, scoping: { ...before.scoping, scopes } };
  const known = new Set(lost(before).map(({ filter }) => filter));
  return [...lost(between), ...lost(after)]
    .filter(({ filter, missing }) => !known.has(filter) && !after.tolerates(missing))
    .map(({ filter, missing }) => `${filter} does not find ${missing}`);
};

const lost = (envoy: FakeEnvoy) =>
  filtersInForce(envoy).flatMap((filter) =>
    [
      ...(envoy.types[TypeUrl.Extension].held.has(filter) ? [] : [filter]),
      ...scopesBehind(envoy, filter).filter((one) => envoy.scoping.scopes?.has(one) !== true),
    ].map((missing) => ({ filter, missing })),
  );

/** The scopes that hold the routes of requests through a filter. */
const scopesBehind = ({ scoping }: FakeEnvoy, filter: string): readonly string[] => {
  if (!isShardFilter(filter)) return [];
  const table = tableOfFilter(filter);
  const scope = scoping.scopes?.get(table);
  return (scope && referencesOf(scope).pieces) ?? [table];
};

/** The scopes by which requests may be routed, also over open connections of former listeners. */
export const scopesInUse = (envoy: FakeEnvoy): readonly Resource[] =>
  inForce(envoy)
    .flatMap((listener) => referencesOf(listener).filters ?? [])
    .flatMap((filter) => scopesBehind(envoy, filter))
    .flatMap((name) => envoy.scoping.scopes?.get(name) ?? []);

const filtersInForce = (envoy: FakeEnvoy): readonly string[] =>
  inForce(envoy).flatMap((listener) => referencesOf(listener).filters ?? []);

/** Listeners that requests come through. */
const inForce = ({ scoping }: FakeEnvoy): readonly Resource[] => [
  ...scoping.serving.values(),
  ...scoping.draining,
];

const isScoped = (listener: Resource): boolean => (referencesOf(listener).filters ?? []).length > 0;

const intersection = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...a].filter((name) => b.has(name)));
