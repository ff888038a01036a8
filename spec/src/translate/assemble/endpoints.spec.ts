import test from 'ava';

import { values } from '../../../../src/collection/collection.ts';
import {
  aHost,
  aListener,
  aMapping,
  aService,
  aSlice,
  translated,
  type Manifest,
} from '../../../_support/world/builders.ts';

/** The addresses behind port 80 of the Service `default/web`. */
const addresses = test.macro({
  exec(t, objects: readonly Manifest[], expected: readonly string[]) {
    const { ir } = translated(
      aListener(),
      aHost('default/all'),
      aMapping('default/web', { resolver: 'endpoint', service: 'web:80' }),
      ...objects,
    );
    const [endpoints] = [...values(ir.endpoints)];
    t.is(endpoints?.name, 'default/web:80');
    t.deepEqual(
      endpoints?.endpoints.map(({ address, port }) => `${address} ${port}`),
      expected,
    );
  },
  title: (name = '') => `endpoints: ${name}`,
});

const service = aService('default/web');
const slice = (addressType: string, endpoints: readonly unknown[], name = 'default/web-1') =>
  aSlice(name, 'web', [], { addressType, endpoints });
const pod = (address: string, conditions: Readonly<Record<string, boolean>> = {}) => ({
  addresses: [address],
  conditions,
});

test('none without a Service', addresses, [aSlice('default/web-1', 'web', ['10.0.0.1'])], []);
test('none without slices', addresses, [service], []);
test(
  'all of all slices, in order',
  addresses,
  [
    service,
    aSlice('default/web-2', 'web', ['10.0.0.3', '10.0.0.1']),
    aSlice('default/web-1', 'web', ['10.0.0.2']),
  ],
  ['10.0.0.1 8080', '10.0.0.2 8080', '10.0.0.3 8080'],
);
test(
  'one that is in two slices counts once',
  addresses,
  [
    service,
    aSlice('default/web-2', 'web', ['10.0.0.1']),
    aSlice('default/web-1', 'web', ['10.0.0.1']),
  ],
  ['10.0.0.1 8080'],
);
test(
  'none of another Service or namespace',
  addresses,
  [service, aSlice('default/x', 'other', ['10.0.0.1']), aSlice('shop/web-1', 'web', ['10.0.0.2'])],
  [],
);
test(
  'the first address of an endpoint',
  addresses,
  [service, slice('IPv4', [{ addresses: ['10.0.0.1', '10.0.0.9'] }])],
  ['10.0.0.1 8080'],
);
test(
  'what is not ready does not serve',
  addresses,
  [
    service,
    slice('IPv4', [
      pod('10.0.0.1', { ready: false }),
      pod('10.0.0.2', { ready: true }),
      pod('10.0.0.3'),
    ]),
  ],
  ['10.0.0.2 8080', '10.0.0.3 8080'],
);
test(
  'what terminates does not serve while something is ready',
  addresses,
  [
    service,
    slice('IPv4', [
      pod('10.0.0.1', { ready: false, serving: true, terminating: true }),
      pod('10.0.0.2', { ready: true }),
    ]),
  ],
  ['10.0.0.2 8080'],
);
test(
  'what terminates and still serves does so when nothing is ready',
  addresses,
  [
    service,
    slice('IPv4', [
      pod('10.0.0.1', { ready: false, serving: true, terminating: true }),
      pod('10.0.0.2', { ready: false, serving: false, terminating: true }),
      pod('10.0.0.3', { ready: false }),
    ]),
  ],
  ['10.0.0.1 8080'],
);
test(
  'a named port is found by its name',
  addresses,
  [
    aService('default/web', {
      ports: [
        { name: 'admin', port: 81 },
        { name: 'http', port: 80 },
      ],
    }),
    aSlice('default/web-1', 'web', ['10.0.0.1'], {
      ports: [
        { name: 'admin', port: 9000 },
        { name: 'http', port: 8000 },
      ],
    }),
  ],
  ['10.0.0.1 8000'],
);
test(
  'a slice can have a port of its own',
  addresses,
  [
    service,
    aSlice('default/web-1', 'web', ['10.0.0.1'], { ports: [{ port: 8001 }] }),
    aSlice('default/web-2', 'web', ['10.0.0.2'], { ports: [{ port: 8002 }] }),
  ],
  ['10.0.0.1 8001', '10.0.0.2 8002'],
);
test(
  'a port of another protocol does not count',
  addresses,
  [
    service,
    aSlice('default/web-1', 'web', ['10.0.0.1'], { ports: [{ port: 53, protocol: 'UDP' }] }),
  ],
  [],
);
test(
  'of one port number on TCP and UDP the one on TCP counts',
  addresses,
  [
    aService('default/web', {
      ports: [
        { name: 'quic', port: 80, protocol: 'UDP' },
        { name: 'http', port: 80 },
      ],
    }),
    aSlice('default/web-1', 'web', ['10.0.0.1'], {
      ports: [
        { name: 'quic', port: 8443, protocol: 'UDP' },
        { name: 'http', port: 8000 },
      ],
    }),
  ],
  ['10.0.0.1 8000'],
);
test(
  'of two families IPv4 counts',
  addresses,
  [
    service,
    slice('IPv6', [pod('2001:db8::1')], 'default/web-6'),
    slice('IPv4', [pod('10.0.0.1')], 'default/web-4'),
  ],
  ['10.0.0.1 8080'],
);
test(
  'of two families the first one of the Service counts',
  addresses,
  [
    aService('default/web', { ports: [{ port: 80 }], ipFamilies: ['IPv6', 'IPv4'] }),
    slice('IPv6', [pod('2001:db8::1')], 'default/web-6'),
    slice('IPv4', [pod('10.0.0.1')], 'default/web-4'),
  ],
  ['2001:db8::1 8080'],
);
test(
  'the other family when the first has none',
  addresses,
  [service, slice('IPv6', [pod('2001:db8::1')], 'default/web-6')],
  ['2001:db8::1 8080'],
);
test('names are no addresses', addresses, [service, slice('FQDN', [pod('web.example')])], []);

test('they come from the Service and its slices', (t) => {
  const { ir } = translated(
    aListener(),
    aHost('default/all'),
    aMapping('default/web', { resolver: 'endpoint' }),
    service,
    aSlice('default/web-2', 'web', []),
    aSlice('default/web-1', 'web', []),
  );
  t.deepEqual(
    [...values(ir.endpoints)].map(({ from }) => from),
    [['Service default/web', 'EndpointSlice default/web-1', 'EndpointSlice default/web-2']],
  );
});
