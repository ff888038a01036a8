import test from 'ava';

import { get } from '../../../../../src/collection/collection.ts';
import { anAuthority } from '../../../../_support/world/an-authority.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import {
  aConfigMap,
  aGateway,
  aGatewayListener,
} from '../../../../_support/world/gateway-api/builders.ts';
import { gatewayOf, served, told, translated } from '../../../../_support/gateway/tls-gateway.ts';
import { toldOf } from '../../../../_support/world/gateway-api/gateway-reports.ts';

const { certificate: authority } = anAuthority('clients');
const ca = { group: '', kind: 'ConfigMap', name: 'ca' };
const frontend = (validation: object, perPort: readonly object[] = []) => ({
  frontend: { default: { validation }, perPort },
});
const verified = { trust: 'trust://configmap/default/ca', names: [], admits: 'Verified' };

test('clients are verified with the authorities of the Gateway, unless the port says otherwise', (t) => {
  const objects = [aSecret('default/cert'), aConfigMap('default/ca', authority)];
  const own = gatewayOf({}, frontend({ caCertificateRefs: [ca] }));
  const open = gatewayOf({}, frontend({ caCertificateRefs: [ca] }, [{ port: 443, tls: {} }]));
  const insecure = gatewayOf(
    {},
    frontend({ caCertificateRefs: [ca], mode: 'AllowInsecureFallback' }),
  );
  const terminated = { _tag: 'Terminate', certificates: ['default/cert'] };

  t.deepEqual(served(own, ...objects), { ...terminated, settings: { clients: verified } });
  t.deepEqual(served(open, ...objects), terminated);
  t.deepEqual(served(insecure, ...objects), {
    ...terminated,
    settings: { clients: { ...verified, admits: 'Anybody' } },
  });
  t.is(
    get(translated(own, ...objects).ir.trustBundles, 'trust://configmap/default/ca')?.authorities,
    authority,
  );
  t.true(
    toldOf(translated(insecure, ...objects), 'Gateway', 'default/gw').includes(
      'InsecureFrontendValidationMode=True/ConfigurationChanged',
    ),
  );
});

const nobody = test.macro<[refs: readonly object[], reason: string]>({
  exec(t, caCertificateRefs, reason) {
    const objects = [
      gatewayOf({}, frontend({ caCertificateRefs })),
      aSecret('default/cert'),
      aConfigMap('default/odd', 'no certificate'),
      aConfigMap('shop/ca', authority),
    ];
    t.deepEqual(told(...objects), [
      'Accepted=False/NoValidCACertificate',
      `ResolvedRefs=False/${reason}`,
      'Programmed=False/Invalid',
    ]);
    t.deepEqual(served(...objects), { _tag: 'Refuse' });
  },
  title: (name = '') => `nobody is let in where the authority is ${name}`,
});

test('not there', nobody, [ca], 'InvalidCACertificateRef');
test('no certificate', nobody, [{ ...ca, name: 'odd' }], 'InvalidCACertificateRef');
test('of another kind', nobody, [{ ...ca, kind: 'Service' }], 'InvalidCACertificateKind');
test('of another namespace', nobody, [{ ...ca, namespace: 'shop' }], 'RefNotPermitted');

test('a listener in cleartext does not care whose certificates are good', (t) => {
  const gateway = aGateway('default/gw', {
    listeners: [aGatewayListener()],
    tls: frontend({ caCertificateRefs: [ca] }),
  });

  t.true(
    toldOf(translated(gateway), 'Gateway', 'default/gw').includes(
      'http: Programmed=True/Programmed',
    ),
  );
});

const backend = (ref: object): readonly (string | undefined)[] =>
  toldOf(
    translated(
      aGateway('default/gw', { tls: { backend: { clientCertificateRef: ref } } }),
      aSecret('default/cert'),
      aSecret('shop/cert'),
    ),
    'Gateway',
    'default/gw',
  ).slice(0, 3);

test('a certificate for backends that cannot be used is told on the Gateway, which is accepted', (t) => {
  const accepted = ['Accepted=True/Accepted', 'Programmed=True/Programmed'];

  t.deepEqual(backend({ name: 'cert' }), [...accepted, 'ResolvedRefs=True/ResolvedRefs']);
  for (const ref of [
    { name: 'nowhere' },
    { name: 'cert', kind: 'Odd' },
    { name: 'cert', group: 'x' },
  ])
    t.deepEqual(backend(ref), [...accepted, 'ResolvedRefs=False/InvalidClientCertificateRef']);
  t.deepEqual(backend({ name: 'cert', namespace: 'shop' }), [
    ...accepted,
    'ResolvedRefs=False/RefNotPermitted',
  ]);
});
