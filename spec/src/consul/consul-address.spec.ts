import test from 'ava';

import {
  expandedAddress,
  forbiddenVariable,
  parseConsulAddress,
} from '../../../src/consul/consul-address.ts';

const addresses: readonly (readonly [string, ReturnType<typeof parseConsulAddress>])[] = [
  ['consul', { host: 'consul', port: 8500 }],
  [
    'consul.shop.svc.cluster.local.:8501',
    {
      host: 'consul.shop.svc.cluster.local',
      port: 8501,
    },
  ],
  ['10.0.0.1:8500', { host: '10.0.0.1', port: 8500 }],
  ['http://consul:80/', { scheme: 'http', host: 'consul', port: 80 }],
  ['HTTPS://[2001:db8::1]', { scheme: 'https', host: '2001:db8::1', port: 8500 }],
  ['unix:///run/consul.sock', undefined],
  ['consul:0', undefined],
  ['consul:65536', undefined],
  ['127.1:8500', undefined],
  ['0x7f000001', undefined],
  ['consul/v1/kv', undefined],
  ['user:secret@consul:8500', undefined],
  ['', undefined],
];

for (const [text, expected] of addresses)
  test(`an address: ${JSON.stringify(text)}`, (t) => {
    t.deepEqual(parseConsulAddress(text), expected);
  });

test('variables that say where something is are expanded', (t) => {
  const env = { HOST_IP: '10.0.0.7', CONSUL_SERVICE_PORT: '8501' };

  t.deepEqual(expandedAddress('${HOST_IP}:$CONSUL_SERVICE_PORT', env), {
    address: '10.0.0.7:8501',
  });
  t.deepEqual(expandedAddress('$HOST_IP:8500', {}), { variable: 'HOST_IP' });
  t.deepEqual(expandedAddress('consul', env), { address: 'consul' });
});

test('no other variable is, be it set or not: a host name could carry it away', (t) => {
  const env = { CONSUL_HTTP_TOKEN: 'secret' };

  t.deepEqual(expandedAddress('$CONSUL_HTTP_TOKEN.evil.example', env), {
    variable: 'CONSUL_HTTP_TOKEN',
  });
  t.is(forbiddenVariable('${CONSUL_HTTP_TOKEN}.evil.example'), 'CONSUL_HTTP_TOKEN');
  t.is(forbiddenVariable('${HOST_IP'), undefined);
  t.is(forbiddenVariable('$HOST_IP:8500'), undefined);
});
