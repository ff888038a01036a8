import test from 'ava';

import { fieldsOf } from '../../../../build/fields-page.ts';
import { fieldsOn } from '../../../../src/translate/emissary/mapping/mapping-fields.ts';
import {
  accompaniedIn,
  aloneIn,
  isAbout,
  outcomes,
  silentLeaves,
  specCodec,
  topOf,
  type Outcome,
  type Trial,
} from '../../../_support/property/silent-fields.ts';
import { aSecret } from '../../../_support/world/a-secret.ts';
import {
  aGuard,
  aHost,
  aListener,
  aMapping,
  aModule,
  aResolver,
  aService,
} from '../../../_support/world/builders.ts';

const ofConversions = 'written by conversions of old versions, and read by nobody';
const ofAcme = 'nobody orders a certificate, as Emissary does not; authority is reported';

/** The fields that change nothing, and why nobody need be told. */
const withoutEffect: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Mapping: {
    v2BoolHeaders: ofConversions,
    v2BoolQueryParameters: ofConversions,
    'v2ExplicitTLS.serviceScheme': ofConversions,
    'v2ExplicitTLS.tls': ofConversions,
    'labels.*.*.generic_key.v2Shorthand': ofConversions,
    'labels.*.*.destination_cluster.key': 'it has one value',
    'labels.*.*.remote_address.key': 'it has one value',
    'labels.*.*.source_cluster.key': 'it has one value',
    'cors.v2CommaSeparatedOrigins': ofConversions,
    'add_request_headers.*.v2Representation': ofConversions,
    'add_response_headers.*.v2Representation': ofConversions,
    'health_checks.health_check.http.add_request_headers.*.v2Representation': ofConversions,
    'error_response_overrides.body.text_format_source.filename':
      'no file is read, which is said of text_format_source',
  },
  TLSContext: {
    hosts: 'it counts for whoever names it, as in Emissary; a Host that is not listed is told',
    secret_namespacing: 'true is the default',
  },
  Host: {
    'acmeProvider.email': ofAcme,
    'acmeProvider.privateKeySecret.name': ofAcme,
    'acmeProvider.registration': ofAcme,
  },
};

const somethingToBypass = aGuard('AuthService', 'default/auth', { auth_service: 'auth' });

const somethingThatCounts = aGuard('RateLimitService', 'default/limits', {
  service: 'limits',
  domain: 'x-a',
});

const pagesForAll = aModule({
  error_response_overrides: [{ on_status_code: 404, body: { text_format: 'of all' } }],
});

const selecting = { key: 'x-a', operator: 'In', values: ['a'] };

const trials: readonly Trial[] = [
  {
    kind: 'Mapping',
    bare: { hostname: '*', prefix: '/', service: 'web' },
    world: (spec) => [
      { ...aMapping('default/a'), spec },
      aMapping('default/other', { service: 'other' }),
      ...[aListener(), aHost('default/all'), aService('default/web')],
      ...('bypass_auth' in spec ? [somethingToBypass] : []),
      ...('labels' in spec ? [somethingThatCounts] : []),
      ...('bypass_error_response_overrides' in spec ? [pagesForAll] : []),
    ],
    companions: {
      'spec.host': { hostname: undefined },
      'spec.host_regex': { hostname: undefined, host: 'a.example' },
      'spec.method_regex': { method: 'a' },
      'spec.enable_ipv4': { enable_ipv6: true },
      'spec.load_balancer': { resolver: 'endpoint' },
      'spec.health_checks': { resolver: 'endpoint', grpc: true },
      'spec.path_redirect': { host_redirect: true },
      'spec.prefix_redirect': { host_redirect: true },
      'spec.regex_redirect': { host_redirect: true },
      'spec.redirect_response_code': { host_redirect: true },
      'error_response_overrides.body': { text_format: 'b' },
      error_response_overrides: { body: { text_format: 'b' } },
      health_checks: { health_check: { http: { path: '/' } } },
      'health_checks.health_check.http': { path: '/' },
      retry_policy: { retry_on: '5xx' },
      regex_rewrite: { pattern: 'a' },
      regex_redirect: { pattern: 'a' },
    },
  },
  {
    kind: 'Host',
    bare: {},
    world: (spec) => [
      { ...aHost('default/a'), spec },
      ...[aHost('default/b', { hostname: 'a.example' }), aSecret('default/a')],
      ...[aListener(), aListener('default/https', { port: 8443, protocol: 'HTTPS' })],
      aMapping('default/a', {}, { 'x-a': 'a' }),
    ],
    companions: {
      tlsSecret: { name: 'a' },
      'mappingSelector.matchExpressions': selecting,
      'selector.matchExpressions': selecting,
    },
  },
  {
    kind: 'Listener',
    bare: {
      ...{ port: 8080, protocol: 'HTTP', securityModel: 'XFP' },
      hostBinding: { namespace: { from: 'ALL' } },
    },
    world: (spec) => [
      { ...aListener('default/a'), spec },
      {
        ...aHost('default/a', {}, { 'x-a': 'a' }),
        spec: { tlsSecret: { name: 'a' } },
      },
      ...[aHost('other/b', { hostname: 'b.example' }), aSecret('default/a')],
      aMapping('default/a'),
    ],
    companions: { 'hostBinding.selector.matchExpressions': selecting },
  },
  {
    kind: 'TLSContext',
    bare: {},
    world: (spec) => [
      aGuard('TLSContext', 'default/a', Object(spec)),
      aHost('default/a', { tlsSecret: { name: 'a' }, tlsContext: { name: 'a' } }),
      aMapping('default/a', { tls: 'a' }),
      ...[aListener('default/https', { port: 8443, protocol: 'HTTPS' }), aSecret('default/a')],
    ],
    companions: {},
  },
  ...(['Endpoint', 'Service'] as const).map((way): Trial => ({
    kind: `Kubernetes${way}Resolver`,
    bare: {},
    world: (spec) => [
      { ...aResolver(way, 'default/a'), spec },
      aMapping('default/a', { resolver: 'a' }),
      ...[aListener(), aHost('default/all'), aService('default/web')],
    ],
    companions: {},
  })),
];

const saysThatIdle = (problem: Outcome['problems'][number]): boolean =>
  problem._tag === 'NotYetSupported' ||
  (problem._tag === 'Note' && problem.note.startsWith('no effect'));

for (const trial of trials) {
  const { kind, bare, companions } = trial;
  const outcome = outcomes(trial);
  const excused = Object.keys(withoutEffect[kind] ?? {});

  test(`a field of a ${kind}, alone, changes what Envoy does or is named in a problem`, (t) => {
    const silent = silentLeaves(aloneIn(trial), (setting) => {
      const { ir, problems } = outcome({ ...bare, ...Object(setting.with) });
      return (
        ir === outcome(bare).ir &&
        !problems.some(({ field }) => field.split(/[.[]/)[1] === topOf(setting))
      );
    });
    t.deepEqual(
      silent.filter((path) => !excused.includes(path)),
      [],
    );
  });

  const silentWith = (beside: Trial['companions'], field?: string): readonly string[] =>
    silentLeaves(
      accompaniedIn({ ...trial, companions: beside }).filter(
        (setting) => field === undefined || topOf(setting) === field,
      ),
      (setting) => {
        const { ir, problems } = outcome(Object(setting.with));
        return (
          ir === outcome(Object(setting.without)).ir &&
          !problems.some((one) => saysThatIdle(one) && isAbout(one, setting))
        );
      },
    );

  test(`a field of a ${kind}, with what it needs, has an effect or is not supported yet`, (t) => {
    t.deepEqual(silentWith(companions).toSorted(), excused.toSorted());
  });

  test(`what fields of a ${kind} need is needed`, (t) => {
    const needless = Object.keys(companions).filter((path) => {
      const { [path]: _, ...others } = companions;
      return silentWith(others, path.replace('spec.', '').split('.')[0]).length === 0;
    });
    t.deepEqual(needless, []);
  });

  test(`every field of a ${kind} is tried`, (t) => {
    const tried = new Set(accompaniedIn(trial).map(({ path }) => path));
    const leaves = fieldsOf(specCodec(kind)).map(({ path }) => path.replaceAll('[]', ''));
    t.deepEqual(
      leaves.filter((path) => ![...tried].some((one) => `${one}.`.startsWith(`${path}.`))),
      [],
    );
  });
}

test('the table says of no field of a Mapping that it has no effect, when it has one', (t) => {
  const [trial] = trials;
  if (trial === undefined) throw new Error('expected a trial of Mappings');
  const outcome = outcomes(trial);
  const effective = aloneIn(trial).filter(
    (setting) => outcome(Object(setting.with)).ir !== outcome(trial.bare).ir,
  );
  const fields = new Set(effective.map(topOf));
  t.deepEqual(
    [...fieldsOn('inert'), ...fieldsOn('nothing')].filter((field) => fields.has(field)),
    [],
  );
});
