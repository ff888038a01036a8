import test from 'ava';

import { keys } from '../../../../../src/collection/collection.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import { problemLines, type Manifest } from '../../../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aGatewayListener,
  aGrant,
  aListenerSet,
  aTlsListener,
} from '../../../../_support/world/gateway-api/builders.ts';
import { gatewayOf, served, told, translated } from '../../../../_support/gateway/tls-gateway.ts';
import { gatewaysOf, toldOf } from '../../../../_support/world/gateway-api/gateway-reports.ts';

const pool = { gatewayAddresses: ['192.0.2.7'] };
const group = 'gateway.networking.k8s.io';

const withRefs = (...certificateRefs: readonly object[]): Manifest =>
  gatewayOf({ tls: { certificateRefs } });

const refusesFor = (reason: string): readonly string[] => [
  'Accepted=True/Accepted',
  `ResolvedRefs=False/${reason}`,
  'Programmed=False/Invalid',
];

const isServed = [
  'Accepted=True/Accepted',
  'ResolvedRefs=True/ResolvedRefs',
  'Programmed=True/Programmed',
];

test('a listener serves the certificate that it refers to', (t) => {
  const objects = [withRefs({ name: 'cert' }), aSecret('default/cert')];

  t.deepEqual(told(...objects), isServed);
  t.deepEqual(served(...objects), { _tag: 'Terminate', certificates: ['default/cert'] });
});

const refuses = test.macro<[gateway: Manifest, reason: string]>({
  exec(t, gateway, reason) {
    t.deepEqual(told(gateway, aSecret('default/cert'), aSecret('shop/cert')), refusesFor(reason));
    t.deepEqual(served(gateway, aSecret('default/cert'), aSecret('shop/cert')), { _tag: 'Refuse' });
  },
  title: (name = '') => `handshakes are refused where the certificate is ${name}`,
});

test('not there', refuses, withRefs({ name: 'nowhere' }), 'InvalidCertificateRef');
test('of another kind', refuses, withRefs({ kind: 'Odd', name: 'cert' }), 'InvalidCertificateRef');
test(
  'of another group',
  refuses,
  withRefs({ group: 'odd', name: 'cert' }),
  'InvalidCertificateRef',
);
test('not named', refuses, gatewayOf({ tls: {} }), 'InvalidCertificateRef');
test(
  'of another namespace, which does not grant it',
  refuses,
  withRefs({ name: 'cert', namespace: 'shop' }),
  'RefNotPermitted',
);

test('of several certificates those that can be used are served, and the others are told', (t) => {
  const gateway = withRefs({ name: 'nowhere' }, { name: 'cert' }, { name: 'cert' });

  t.deepEqual(told(gateway, aSecret('default/cert')), [
    'Accepted=True/Accepted',
    'ResolvedRefs=False/InvalidCertificateRef',
    'Programmed=True/Programmed',
  ]);
  t.deepEqual(served(gateway, aSecret('default/cert')), {
    _tag: 'Terminate',
    certificates: ['default/cert'],
  });
});

test('of a Secret of a type that holds no certificate the type is told', (t) => {
  const secret = { ...aSecret('default/cert'), type: 'kubernetes.io/basic-auth' };

  t.deepEqual(problemLines(translated(withRefs({ name: 'cert' }), secret)), [
    'Gateway default/gw: spec.listeners[0].tls.certificateRefs[0]: Secret default/cert is of type "kubernetes.io/basic-auth", which holds no certificate; expected kubernetes.io/tls',
  ]);
});

test('of two certificates with one type of key the first one is served', (t) => {
  const objects = [
    withRefs({ name: 'one' }, { name: 'two' }),
    aSecret('default/one', 'one'),
    aSecret('default/two', 'two'),
  ];

  t.deepEqual(served(...objects), { _tag: 'Terminate', certificates: ['default/one'] });
  t.deepEqual(problemLines(translated(...objects)), [
    'Gateway default/gw: spec.listeners[0].tls.certificateRefs[1]: expected a certificate with another type of key than those before it, got another one with ec, which is not served',
  ]);
});

const grant = (kind: string, to: object): Manifest =>
  aGrant('shop/grant', 'default', {
    from: [{ group, kind, namespace: 'default' }],
    to: [{ group: '', kind: 'Secret', ...to }],
  });

test('a certificate of another namespace is served as long as it is granted', (t) => {
  const gateway = withRefs({ name: 'cert', namespace: 'shop' });
  const objects = [aGatewayClass(), gateway, aSecret('shop/cert')];
  const without = gatewaysOf(objects, pool);
  const granted = gatewaysOf([...objects, grant('Gateway', {})], pool, without);
  const withdrawn = gatewaysOf(objects, pool, granted);

  const certificates = [without, granted, withdrawn].map(({ ir }) => [...keys(ir.secrets)]);
  t.deepEqual(certificates, [[], ['shop/cert'], []]);
  t.deepEqual(told(gateway, aSecret('shop/cert'), grant('Gateway', { name: 'cert' })), isServed);
  for (const other of [grant('Gateway', { name: 'x' }), grant('HTTPRoute', {})])
    t.deepEqual(told(gateway, aSecret('shop/cert'), other), refusesFor('RefNotPermitted'));
});

test('what is granted to a Gateway is not granted to its ListenerSets', (t) => {
  const set = aListenerSet('default/set', {
    listeners: [aTlsListener({ tls: { certificateRefs: [{ name: 'cert', namespace: 'shop' }] } })],
  });
  const gateway = aGateway('default/gw', { allowedListeners: { namespaces: { from: 'Same' } } });
  const accepted = (kind: string) =>
    toldOf(
      translated(gateway, set, aSecret('shop/cert'), grant(kind, {})),
      'ListenerSet',
      'default/set',
    )[0];

  t.is(accepted('Gateway'), 'Accepted=False/ListenersNotValid');
  t.is(accepted('ListenerSet'), 'Accepted=True/Accepted');
});

test('over TLS a listener whose hostname is within that of another one says so, and so does the other', (t) => {
  const listener = (name: string, hostname?: string) =>
    aTlsListener({ name, ...(hostname !== undefined && { hostname }) });
  const gateway = (...listeners: readonly object[]) =>
    toldOf(
      translated(aGateway('default/gw', { listeners }), aSecret('default/cert')),
      'Gateway',
      'default/gw',
    ).filter((line) => line.includes('Overlapping'));
  const said = (name: string) => `${name}: OverlappingTLSConfig=True/OverlappingHostnames`;

  t.deepEqual(
    gateway(listener('a', 'a.b.example'), listener('c', '*.b.example'), listener('d', 'd.example')),
    [said('a'), said('c')],
  );
  t.deepEqual(gateway(listener('a', 'a.example'), listener('any')), [said('a'), said('any')]);
  t.deepEqual(gateway(listener('a', 'a.example'), aGatewayListener()), []);
});
