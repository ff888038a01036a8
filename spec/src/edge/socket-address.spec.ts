import test from 'ava';

import { parseAddress, showAddress, type SocketAddress } from '../../../src/edge/socket-address.ts';

const isAddress = test.macro({
  exec(t, text: string, address: SocketAddress) {
    t.deepEqual(parseAddress(text), address);
    t.is(showAddress(address), text);
  },
  title: (_, text) => `${text} is an address`,
});

test(isAddress, 'unix:/run/ads.sock', { _tag: 'Unix', path: '/run/ads.sock' });
test(isAddress, '127.0.0.1:8877', { _tag: 'Tcp', host: '127.0.0.1', port: 8877 });
test(isAddress, 'localhost:0', { _tag: 'Tcp', host: 'localhost', port: 0 });
test(isAddress, '[::1]:80', { _tag: 'Tcp', host: '::1', port: 80 });

for (const text of [
  '',
  'unix:',
  '8877',
  ':8877',
  'host:',
  'host:65536',
  '::1:80',
  '[host]:80',
  'a:b',
])
  test(`'${text}' is no address`, (t) => {
    t.is(parseAddress(text), undefined);
  });
