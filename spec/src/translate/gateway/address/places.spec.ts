import test from 'ava';

import { entries, keys } from '../../../../../src/collection/collection.ts';
import type { Translation } from '../../../../../src/translate/translate.ts';
import type { TranslateOptions } from '../../../../../src/translate/translate-options.ts';
import { aSecret } from '../../../../_support/world/a-secret.ts';
import {
  aService,
  createdIn,
  problemLines,
  type Manifest,
} from '../../../../_support/world/builders.ts';
import {
  aGateway,
  aGatewayClass,
  aGatewayListener,
  aTlsListener,
} from '../../../../_support/world/gateway-api/builders.ts';
import { gatewaysOf, toldOf } from '../../../../_support/world/gateway-api/gateway-reports.ts';

const pool = { gatewayAddresses: ['192.0.2.0/24'] };
const shared = { gatewayService: 'edge/headgate' } as const;

const service = aService('edge/headgate', {
  clusterIP: '10.0.0.1',
  ports: [
    { name: 'http', port: 80, targetPort: 8080 },
    { name: 'https', port: 443, targetPort: 'https' },
  ],
});

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

test('a Gateway with an address that cannot be had is served on the others, and says so', (t) => {
  const gateway = aGateway('default/gw', {
    addresses: [{ value: '198.51.100.1' }, { value: '192.0.2.7' }],
  });

  t.deepEqual(told([gateway], pool, 'Gateway default/gw', 'Programmed'), [
    'Programmed=False/AddressNotUsable',
    'http: Programmed=True/Programmed',
  ]);
  t.deepEqual(problemLines(gatewaysOf([aGatewayClass(), gateway], pool)), [
    'Gateway default/gw: spec.addresses: "198.51.100.1" cannot be used: it is not one of the addresses for Gateways',
  ]);
});

/** The addresses that each Gateway is told, in the order of their names. */
const addressesTold = ({ outcomes }: Translation) =>
  outcomes
    .filter(({ kind }) => kind === 'Gateway')
    .flatMap(({ entries: all, outcomeOf }) =>
      [...entries(all)].map(([key, entry]) => [key, outcomeOf(entry).report?.addresses]),
    )
    .toSorted();

test('a Gateway keeps the address that it was given when one before it by name comes a moment later', (t) => {
  const [first, second] = [aGateway('default/b'), aGateway('default/a')];
  const before = gatewaysOf([aGatewayClass(), first], pool);

  t.deepEqual(addressesTold(gatewaysOf([aGatewayClass(), first, second], pool, before)), [
    ['default/a', [{ type: 'IPAddress', value: '192.0.2.1' }]],
    ['default/b', [{ type: 'IPAddress', value: '192.0.2.0' }]],
  ]);
});

test('Gateways that share a Service are served on its target ports, and the oldest has a hostname', (t) => {
  const gateway = (name: string, year: number) =>
    createdIn(
      year,
      aGateway(`default/${name}`, {
        listeners: [
          aGatewayListener({ hostname: 'a.example' }),
          aGatewayListener({ name: 'own', hostname: `${name}.example` }),
        ],
      }),
    );
  const objects = [service, gateway('young', 2026), gateway('old', 2025)];
  const { ir } = gatewaysOf([aGatewayClass(), ...objects], shared);

  t.deepEqual([...keys(ir.listeners)], ['listener-8080']);
  t.deepEqual(told(objects, shared, 'Gateway default/old', 'Programmed'), [
    'Programmed=True/Programmed',
    'http: Programmed=True/Programmed',
    'own: Programmed=True/Programmed',
  ]);
  t.deepEqual(told(objects, shared, 'Gateway default/young', 'Programmed'), [
    'Programmed=True/Programmed',
    'http: Programmed=False/HostnameConflict',
    'own: Programmed=True/Programmed',
  ]);
});

test('a port that the shared Service lacks, or whose target is a name, cannot be had', (t) => {
  const gateway = aGateway('default/gw', {
    listeners: [
      aGatewayListener(),
      aGatewayListener({ name: 'other', port: 81 }),
      aTlsListener({ hostname: 'a.example' }),
    ],
  });
  const objects = [service, gateway, aSecret('default/cert', 'one')];

  t.deepEqual(told(objects, shared, 'Gateway default/gw', 'Programmed'), [
    'Programmed=True/Programmed',
    'http: Programmed=True/Programmed',
    'other: Programmed=False/PortUnavailable',
    'https: Programmed=False/PortUnavailable',
  ]);
  t.deepEqual(problemLines(gatewaysOf([aGatewayClass(), ...objects], shared)), [
    'Gateway default/gw: spec.listeners[1].port: Service edge/headgate has no port 81; it has 80, 443',
    'Gateway default/gw: spec.listeners[2].port: port 443 of Service edge/headgate has the targetPort "https"; a number is needed',
  ]);
});

test('without the Service no Gateway has an address', (t) => {
  t.deepEqual(told([aGateway()], shared, 'Gateway default/gw', 'Programmed'), [
    'Programmed=False/AddressNotAssigned',
    'http: Programmed=False/Pending',
  ]);
});
