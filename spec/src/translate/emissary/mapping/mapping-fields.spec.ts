import test from 'ava';

import { empty, from, get } from '../../../../../src/collection/collection.ts';
import type { Tables } from '../../../../../src/collection/operator/join-each.ts';
import type { Cluster } from '../../../../../src/ir/cluster.ts';
import { Mapping } from '../../../../../src/kube/emissary/mapping.ts';
import {
  isUsable,
  compileMapping,
} from '../../../../../src/translate/emissary/mapping/compile-mapping.ts';
import {
  fieldsOn,
  type Bearing,
} from '../../../../../src/translate/emissary/mapping/mapping-fields.ts';
import { mappingMatch } from '../../../../../src/translate/emissary/mapping/mapping-match.ts';
import { mappingSettings } from '../../../../../src/translate/emissary/mapping/mapping-settings.ts';
import { groupRoutes } from '../../../../../src/translate/emissary/route/group-routes.ts';
import { parseServiceAddress } from '../../../../../src/translate/emissary/upstream/service-address.ts';
import {
  originatesTls,
  upstreamCluster,
} from '../../../../../src/translate/emissary/upstream/upstream-cluster.ts';
import type { LimitTables } from '../../../../../src/translate/emissary/limit/mapping-limits.ts';
import type { UpstreamTables } from '../../../../../src/translate/emissary/upstream/upstream-tables.ts';
import { specCodec, topOf, type Fields } from '../../../../_support/property/silent-fields.ts';
import { settingsOf, type Setting } from '../../../../_support/property/values-of-codec.ts';
import { aMapping, applied, type Manifest } from '../../../../_support/world/builders.ts';

const bare = { hostname: '*', prefix: '/', service: 'web' };

/** Every field, alone, with every value. */
const settings = settingsOf(specCodec('Mapping'), { '': bare });
const fieldOf = (setting: Setting): Fields => {
  const field = topOf(setting);
  return { [field]: Object(setting.with)[field] };
};

const read = <A>(is: (u: unknown) => u is A, manifest: Manifest): A => {
  const event = applied(manifest);
  const object = event._tag === 'Applied' ? event.item.object : undefined;
  if (!is(object)) throw new Error(`expected an object, found ${JSON.stringify(manifest)}`);
  return object;
};

const mappingOf = (spec: Fields): Mapping =>
  read(Mapping.is, { ...aMapping('default/a'), spec: { ...bare, ...spec } });

const tables: Tables<UpstreamTables & LimitTables> = {
  limits: from([['ambassador', { filter: 'RateLimitService default/limits', defaults: [] }]]),
  endpointResolvers: empty(),
  serviceResolvers: empty(),
  consulResolvers: empty(),
  grants: empty(),
  contexts: empty(),
  ports: from([['default/web', [80]]]),
  defaults: empty(),
};

const compile = compileMapping({ ambassadorId: 'default', namespace: 'default' });
const compiled = (spec: Fields) =>
  compile(mappingOf(spec), 'default/a', (table, key) => get(tables[table], key));

/** Everything that becomes of a Mapping alone. */
const meaning = (spec: Fields): string => {
  const rule = compiled(spec);
  if (!isUsable(rule)) return JSON.stringify(rule);
  const { settings: _, ...others } = rule;
  return JSON.stringify([others, groupRoutes([rule])]);
};

const isSwitch = (setting: Setting): boolean =>
  topOf(setting) === setting.path && typeof setting.value === 'boolean';

/** Fields that are switched to what they are where nothing is written. */
const defaults: Fields = Object.assign(
  {},
  ...settings.filter((one) => isSwitch(one) && meaning(fieldOf(one)) === meaning({})).map(fieldOf),
);

/** What a field can meet: nothing, a switch that is not as by default, another service. */
const contexts: readonly Fields[] = [
  {},
  ...settings
    .filter((one) => isSwitch(one) || one.path === 'service')
    .map(fieldOf)
    .filter((context) => meaning(context) !== meaning({})),
];

test('a default that is written out changes nothing, whatever else a Mapping says', (t) => {
  const changed = contexts.flatMap((context) =>
    settings
      .map((setting) => ({ ...context, ...fieldOf(setting) }))
      .filter((spec) => meaning(spec) !== meaning({ ...defaults, ...spec })),
  );
  t.deepEqual(changed.slice(0, 3), []);
  t.true(Object.keys(defaults).length > 10 && contexts.length > 20);
});

const clusterOf = (spec: Fields): Cluster | undefined => {
  const rule = compiled(spec);
  return isUsable(rule) && 'cluster' in rule.target ? rule.target.cluster : undefined;
};

/** The same, made for this Mapping alone. */
const ownCluster = (fields: Fields): Cluster => {
  const { spec } = mappingOf(fields);
  const address = parseServiceAddress(spec.service);
  if (address === undefined) throw new Error(`expected an address, found ${spec.service}`);
  const resolver = spec.resolver?.includes('endpoint') === true ? 'endpoint' : 'service';
  const implied = resolver === 'service' && originatesTls(spec, address) ? 443 : 80;
  const port = address.port ?? implied;
  return upstreamCluster({
    ...{ spec, address, resolver, port },
    ...{ namespace: 'default', ownNamespace: 'default' },
  });
};

const reached: readonly Fields[] = [
  {},
  { service: 'web:80' },
  { service: 'https://web:80' },
  { service: 'web:80', resolver: 'endpoint' },
  { enable_ipv6: true },
];

test('Mappings that differ in one field share a cluster where it is the same, and nowhere else', (t) => {
  for (const context of reached) {
    const usual = ownCluster(context);
    t.deepEqual(clusterOf(context), usual);
    for (const setting of settings) {
      const spec = { ...fieldOf(setting), ...context };
      const cluster = clusterOf(spec);
      if (cluster === undefined) continue;
      t.deepEqual(cluster, ownCluster(spec), JSON.stringify(spec));
      if (cluster.name === usual.name) t.deepEqual(cluster, usual);
    }
  }
});

/** The fields that make a difference to something, in some context. */
const differing = (what: (spec: Fields) => unknown, among = contexts): ReadonlySet<string> =>
  new Set(
    among.flatMap((context) => {
      const before = JSON.stringify(what(context));
      return settings
        .filter((one) => JSON.stringify(what({ ...context, ...fieldOf(one) })) !== before)
        .map(topOf);
    }),
  );

const unjustified = (bearing: Bearing, found: ReadonlySet<string>): readonly string[] =>
  fieldsOn(bearing).filter((field) => !found.has(field));

test('the table says of no field that it bears on what it does not', (t) => {
  const named = [{}, { hostname: undefined, host: 'a' }, { method: 'a' }];
  const matching = differing((spec) => mappingMatch(mappingOf(spec).spec), named);
  const setting = differing((spec) => mappingSettings(mappingOf(spec).spec), [{}]);
  const clusters = differing((spec) => clusterOf(spec) && ownCluster(spec), reached);
  const problems = differing(
    (spec) => compiled(spec).problems,
    [...contexts, { host_rewrite: 'a' }],
  );

  t.deepEqual(unjustified('match', matching), []);
  t.deepEqual(unjustified('setting', setting), []);
  t.deepEqual(unjustified('cluster', clusters), []);
  t.deepEqual(unjustified('suspect', problems), []);
  t.deepEqual(unjustified('conflict', problems), []);
  t.deepEqual(unjustified('inert', problems), []);
});
