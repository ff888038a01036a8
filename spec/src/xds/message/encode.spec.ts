import test from 'ava';

import { ApiVersion } from '../../../../proto/envoy.ts';
import { any, decode, encode } from '../../../../src/xds/message/encode.ts';

const configSource = 'envoy.config.core.v3.ConfigSource';

test('a message becomes its protobuf bytes', (t) => {
  const bytes = encode(configSource, {
    ads: {},
    initial_fetch_timeout: { seconds: 1, nanos: 5 },
    resource_api_version: ApiVersion.V3,
  });
  t.is(bytes.toString('hex'), ['1a00', '220408011005', '3002'].join(''));
});

test('bytes are read back, and what was not sent is absent', (t) => {
  t.deepEqual(decode(configSource, Buffer.from('1a003002', 'hex')), {
    ads: {},
    resource_api_version: ApiVersion.V3,
  });
});

test('an Any carries the type URL and the bytes of its message', (t) => {
  t.deepEqual(any('envoy.config.core.v3.Pipe', { path: '/s' }), {
    type_url: 'type.googleapis.com/envoy.config.core.v3.Pipe',
    value: Buffer.from('0a022f73', 'hex'),
  });
});

test('encoded bytes keep nothing else in memory', (t) => {
  const bytes = encode('envoy.config.core.v3.Pipe', { path: '/s' });
  t.is(bytes.buffer.byteLength, bytes.length);
});

test('what would be lost or sent twice does not compile', (t) => {
  // @ts-expect-error no field has this name
  encode('envoy.config.core.v3.Pipe', { pth: '/s' });
  // @ts-expect-error an enum is a number
  encode(configSource, { ads: {}, resource_api_version: 'V3' });
  // @ts-expect-error a duration is a message
  encode(configSource, { ads: {}, initial_fetch_timeout: '3s' });
  // @ts-expect-error an address is one of the two
  encode('envoy.config.core.v3.Address', { pipe: { path: '/s' }, socket_address: {} });
  t.pass();
});
