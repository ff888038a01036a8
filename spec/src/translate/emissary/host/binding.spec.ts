import test from 'ava';

import { get, keys, values } from '../../../../../src/collection/collection.ts';
import { secretsOfChain, type FilterChain } from '../../../../../src/ir/filter-chain.ts';
import type { ObjectKey } from '../../../../../src/ir/object-ref.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  routesOf,
  showRoute,
  translated,
  type Manifest,
} from '../../../../_support/world/builders.ts';

type Spec = Readonly<Record<string, unknown>>;

const https = aListener('default/https', { port: 8443, protocol: 'HTTPS' });
const tlsSecret = { name: 'cert' };

/** The chains of a Listener for TLS, with the server names and the Secret of each. */
const chains = test.macro({
  exec(
    t,
    objects: readonly Manifest[],
    expected: Readonly<Record<string, string>>,
    problems: readonly string[],
  ) {
    const translation = translated(https, ...objects);
    const found = [...values(translation.ir.filterChains)]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, tls }) => [
        name,
        tls === undefined ? '' : `${tls.serverNames.join() || 'any'} ${shownEnd({ tls })}`,
      ]);
    t.deepEqual(Object.fromEntries(found), expected);
    t.deepEqual(problemLines(translation), problems);
  },
  title: (name = '') => `filter chains: ${name}`,
});

const shownEnd = (chain: Pick<FilterChain, 'tls'>): string => {
  const certificates = secretsOfChain(chain);
  return certificates.length === 0 ? 'refused' : `with ${certificates.join()}`;
};

test(
  'no Host asks for TLS',
  chains,
  [aHost('default/a', { hostname: 'a.example' })],
  {
    cleartext: '',
  },
  [],
);
test(
  'one for each server name, and one for cleartext',
  chains,
  [
    aSecret('default/cert'),
    aHost('default/a', { hostname: 'a.example', tlsSecret }),
    aHost('default/b', { hostname: '*.b.example', tlsSecret }),
    aHost('default/c', { hostname: '*', tlsSecret }),
    aHost('default/d', { hostname: 'd.example' }),
  ],
  {
    cleartext: '',
    'tls/*': 'any with default/cert',
    'tls/*.b.example': '*.b.example with default/cert',
    'tls/a.example': 'a.example with default/cert',
  },
  [],
);
test(
  'server names are lower case and have no port',
  chains,
  [aSecret('default/cert'), aHost('default/a', { hostname: 'A.example:8443', tlsSecret })],
  { cleartext: '', 'tls/a.example': 'a.example with default/cert' },
  [],
);
test(
  'a Secret of another namespace',
  chains,
  [
    aSecret('certs/cert'),
    aHost('default/a', { hostname: 'a.example', tlsSecret: { name: 'cert', namespace: 'certs' } }),
  ],
  { cleartext: '', 'tls/a.example': 'a.example with certs/cert' },
  [],
);
for (const [title, ...objects] of [
  ['that is missing'],
  [
    'without a certificate',
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'cert', namespace: 'certs' },
      stringData: { user: 'x' },
    },
  ],
] as const satisfies readonly (readonly [string, ...Manifest[]])[])
  test(
    `a Secret of another namespace ${title}, of which no more is said`,
    chains,
    [
      ...objects,
      aHost('default/a', {
        hostname: 'a.example',
        tlsSecret: { name: 'cert', namespace: 'certs' },
      }),
    ],
    { cleartext: '', 'tls/a.example': 'a.example refused' },
    [
      'Host default/a: spec.tlsSecret: Secret certs/cert of another namespace cannot be used as it is: it does not exist, does not have what is needed, or may not be referred to from here',
    ],
  );
test(
  'a missing Secret',
  chains,
  [aHost('default/a', { hostname: 'a.example', tlsSecret })],
  { cleartext: '', 'tls/a.example': 'a.example refused' },
  ['Host default/a: spec.tlsSecret: Secret default/cert does not exist'],
);
for (const [type, why] of Object.entries({
  Opaque: 'has no tls.crt and tls.key',
  'kubernetes.io/basic-auth':
    'is of type "kubernetes.io/basic-auth", which holds no certificate; expected kubernetes.io/tls',
}))
  test(
    `a Secret without a certificate, of type ${type}`,
    chains,
    [
      { ...aSecret('default/cert'), type, stringData: { user: 'x' } },
      aHost('default/a', { hostname: 'a.example', tlsSecret }),
    ],
    { cleartext: '', 'tls/a.example': 'a.example refused' },
    [`Host default/a: spec.tlsSecret: Secret default/cert ${why}`],
  );

for (const hostname of ['shop.*', '*example'])
  test(
    `${hostname}, which no TLS client can ask for, is served in cleartext only`,
    chains,
    [aSecret('default/cert'), aHost('default/a', { hostname, tlsSecret })],
    { cleartext: '' },
    [
      `Host default/a: spec.hostname: expected a name that TLS clients can ask for: exact, "*.suffix" or "*", got "${hostname}", which is served in cleartext only`,
    ],
  );

const refusing: readonly (readonly [field: string, told: string, spec: Spec])[] = [
  [
    'tls.ca_secret',
    'Secret default/ca does not exist',
    { tls: { cert_required: true, ca_secret: 'ca' } },
  ],
  ['tlsContext', 'TLSContext default/mutual does not exist', { tlsContext: { name: 'mutual' } }],
];
for (const [field, told, spec] of refusing)
  test(
    `a Host with ${field} that is not there has its handshakes refused`,
    chains,
    [aSecret('default/cert'), aHost('default/a', { hostname: 'a.example', tlsSecret, ...spec })],
    { cleartext: '', 'tls/a.example': 'a.example refused' },
    [`Host default/a: spec.${field}: ${told}`],
  );

test(
  'a Host with TLS settings that ask for nothing is served',
  chains,
  [
    aSecret('default/cert'),
    aHost('default/a', {
      hostname: 'a.example',
      tlsSecret,
      tls: {},
      previewUrl: { enabled: true },
    }),
  ],
  { cleartext: '', 'tls/a.example': 'a.example with default/cert' },
  ['Host default/a: spec.previewUrl: no effect, as in Emissary'],
);

test(
  'of two Hosts with one hostname the one with the lesser name counts',
  chains,
  [
    aSecret('default/cert'),
    aSecret('default/other'),
    aHost('default/b', { hostname: 'a.example', tlsSecret }),
    aHost('default/a', { hostname: 'A.example', tlsSecret: { name: 'other' } }),
  ],
  { cleartext: '', 'tls/a.example': 'a.example with default/other' },
  [
    'Host default/b: spec.hostname: a.example on Listener default/https is claimed by another Host, which comes first by name; Host default/a wins',
  ],
);

test('only certificates in use are sent, and a private key never shows', (t) => {
  const { ir } = translated(
    https,
    aSecret('default/cert'),
    aSecret('default/unused', 'two'),
    aHost('default/a', { hostname: 'a.example', tlsSecret }),
  );
  t.deepEqual([...keys(ir.secrets)], ['default/cert']);
  const secret = get<ObjectKey, { privateKey: unknown }>(ir.secrets, 'default/cert');
  t.notRegex(JSON.stringify(secret), /PRIVATE/);
});

test('the default Host serves TLS when the fallback certificate exists', (t) => {
  const { ir } = translated(
    https,
    aSecret('default/fallback-self-signed-cert'),
    aMapping('default/a'),
  );
  t.deepEqual(
    [...values(ir.filterChains)].map((chain) => [chain.name, ...secretsOfChain(chain)]).sort(),
    [['cleartext'], ['tls/*', 'default/fallback-self-signed-cert']],
  );
});

test('a Host that no Listener takes says so', (t) => {
  const own = aListener('other/http', { hostBinding: { namespace: { from: 'SELF' } } });
  t.deepEqual(problemLines(translated(own, aHost('default/a'))), [
    'Host default/a: no Listener takes this Host (hostBinding); expected at least one',
    'Listener other/http: spec.hostBinding: no Host binds to this Listener; expected at least one',
  ]);
});

test('each Host on each Listener has its own policy', (t) => {
  const translation = translated(
    https,
    aListener('default/plain', { port: 80, securityModel: 'SECURE' }),
    aSecret('default/cert'),
    aHost('default/a', { hostname: 'a.example', tlsSecret, requestPolicy: {} }),
    aHost('default/b', { hostname: 'b.example' }),
    aMapping('default/web'),
  );
  const shown = (domain: string, table: string) =>
    routesOf(translation, domain, table).map(showRoute);
  const secured = ['/ x-forwarded-proto=https → cluster_web_80_default', '/ → redirect 301'];
  t.deepEqual(shown('a.example', 'listener-8443/tls/a.example'), secured);
  t.deepEqual(shown('a.example', 'listener-8443/cleartext'), secured);
  t.deepEqual(shown('a.example', 'listener-80/cleartext'), ['/ → cluster_web_80_default']);
  t.deepEqual(shown('b.example', 'listener-8443/cleartext'), ['/ → cluster_web_80_default']);
});
