import test from 'ava';

import { keys } from '../../../../../src/collection/collection.ts';
import type { TranslateOptions } from '../../../../../src/translate/translate-options.ts';
import { createdIn, type Manifest } from '../../../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aGatewayListener,
  aListenerSet,
  aNamespace,
  aTlsListener,
} from '../../../../_support/world/gateway-api/builders.ts';
import { gatewaysOf, toldOf } from '../../../../_support/world/gateway-api/gateway-reports.ts';

const pool = { gatewayAddresses: ['192.0.2.0/24'] };
type Fields = Readonly<Record<string, unknown>>;

const from = (namespaces: Fields): Fields => ({ allowedListeners: { namespaces } });

/** The conditions of one type that an object and its listeners have. */
const told = (
  objects: readonly Manifest[],
  options: Partial<TranslateOptions>,
  object: string,
  type: string,
): readonly string[] => {
  const [kind = '', key = ''] = object.split(' ');
  return toldOf(gatewaysOf([aGatewayClass(), ...objects], options), kind, key).filter((line) =>
    line.includes(`${type}=`),
  );
};

test('the listeners of a Gateway are opened on its address', (t) => {
  const { ir } = gatewaysOf([aGatewayClass(), aGateway()], pool);

  t.deepEqual([...keys(ir.listeners)], ['listener-192.0.2.0-80']);
  t.deepEqual(told([aGateway()], pool, 'Gateway default/gw', 'Programmed'), [
    'Programmed=True/Programmed',
    'http: Programmed=True/Programmed',
  ]);
});

test('a Gateway of another class is none of ours', (t) => {
  const other = aGateway('default/gw', { gatewayClassName: 'other' });

  t.deepEqual(told([other], pool, 'Gateway default/gw', ''), []);
});

test('of two protocols that one Gateway wants on a port none is served, and both listeners say so', (t) => {
  const gateway = aGateway('default/gw', {
    listeners: [
      aGatewayListener({ name: 'tcp', protocol: 'TCP' }),
      aGatewayListener({ name: 'http' }),
      aTlsListener({ name: 'https', port: 80 }),
      aGatewayListener({ name: 'udp', protocol: 'UDP' }),
    ],
  });

  t.deepEqual(told([gateway], pool, 'Gateway default/gw', 'Accepted'), [
    'Accepted=False/ListenersNotValid',
    'tcp: Accepted=False/ProtocolConflict',
    'http: Accepted=False/ProtocolConflict',
    'https: Accepted=False/ProtocolConflict',
    'udp: Accepted=False/UnsupportedProtocol',
  ]);
});

test('a ListenerSet does not get the hostname that its Gateway or an older ListenerSet has', (t) => {
  const listener = (name: string, hostname: string) => aGatewayListener({ name, hostname });
  const set = (key: string, year: number, ...hostnames: readonly string[]) =>
    createdIn(
      year,
      aListenerSet(key, { listeners: hostnames.map((name) => listener(name, name)) }),
    );
  const objects = [
    createdIn(
      2025,
      aGateway('default/gw', {
        ...from({ from: 'Same' }),
        listeners: [listener('own', 'own.example')],
      }),
    ),
    set('default/young', 2024, 'own.example', 'both.example', 'young.example'),
    set('default/old', 2023, 'both.example', 'own.example'),
    set('default/late', 2026, 'both.example'),
  ];

  t.deepEqual(told(objects, pool, 'ListenerSet default/young', 'Conflicted'), [
    'own.example: Conflicted=True/HostnameConflict',
    'both.example: Conflicted=True/HostnameConflict',
    'young.example: Conflicted=False/NoConflicts',
  ]);
  t.deepEqual(told(objects, pool, 'ListenerSet default/old', 'Accepted'), [
    'Accepted=True/ListenersNotValid',
    'both.example: Accepted=True/Accepted',
    'own.example: Accepted=False/HostnameConflict',
  ]);
  t.deepEqual(told(objects, pool, 'ListenerSet default/late', ''), [
    'Accepted=False/ListenersNotValid',
    'Programmed=False/ListenersNotValid',
    'both.example: Accepted=False/HostnameConflict',
    'both.example: Conflicted=True/HostnameConflict',
    'both.example: ResolvedRefs=True/ResolvedRefs',
    'both.example: Programmed=False/HostnameConflict',
  ]);
});

const sets = [
  aListenerSet('default/set'),
  aListenerSet('shop/set', {
    parentRef: { name: 'gw', namespace: 'default' },
    listeners: [aGatewayListener({ name: 'more', port: 82 })],
  }),
];

const allowed = test.macro<[from: Fields, inDefault: string, inShop: string]>({
  exec(t, allowedListeners, inDefault, inShop) {
    const objects = [
      aGateway('default/gw', allowedListeners),
      aNamespace('shop', { team: 'blue' }),
      ...sets,
    ];
    const accepted = (key: string) =>
      told(objects, pool, `ListenerSet ${key}`, 'Accepted').filter((line) => !line.includes(':'));
    t.deepEqual(accepted('default/set'), [`Accepted=${inDefault}`]);
    t.deepEqual(accepted('shop/set'), [`Accepted=${inShop}`]);
  },
  title: (name = '') => `a Gateway takes ListenerSets ${name}`,
});

const [yes, no] = ['True/Accepted', 'False/NotAllowed'];

test('of nobody unless it says otherwise', allowed, {}, no, no);
test('of nobody', allowed, from({ from: 'None' }), no, no);
test('of its own namespace', allowed, from({ from: 'Same' }), yes, no);
test('of all namespaces', allowed, from({ from: 'All' }), yes, yes);
test(
  'of namespaces with a label',
  allowed,
  from({ from: 'Selector', selector: { matchLabels: { team: 'blue' } } }),
  no,
  yes,
);
test(
  'of a namespace by its name',
  allowed,
  from({
    from: 'Selector',
    selector: { matchLabels: { 'kubernetes.io/metadata.name': 'default' } },
  }),
  yes,
  no,
);
test('of nobody where the selector is missing', allowed, from({ from: 'Selector' }), no, no);

test('an address of a type that is not supported, parameters, or a class with parameters: the Gateway is not accepted', (t) => {
  const typed = aGateway('default/gw', { addresses: [{ type: 'odd.example/type', value: 'x' }] });
  const parameters = { group: 'x.example', kind: 'Config', name: 'x' };
  const own = aGateway('default/gw', { infrastructure: { parametersRef: parameters } });
  const ofClass = gatewaysOf(
    [aGatewayClass('headgate', { parametersRef: parameters }), aGateway()],
    pool,
  );

  const accepted = (gateway: Manifest) =>
    told([gateway], pool, 'Gateway default/gw', 'Accepted')[0] ?? '';
  t.is(accepted(typed), 'Accepted=False/UnsupportedAddress');
  t.is(accepted(own), 'Accepted=False/InvalidParameters');
  t.is(toldOf(ofClass, 'Gateway', 'default/gw')[0], 'Accepted=False/InvalidParameters');
  t.is(toldOf(ofClass, 'GatewayClass', '/headgate')[0], 'Accepted=False/InvalidParameters');
});
