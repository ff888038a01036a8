import test from 'ava';

import { parseServiceAddress } from '../../../../../src/translate/emissary/upstream/service-address.ts';

const reads = test.macro({
  exec(t, service: string, expected: ReturnType<typeof parseServiceAddress>) {
    t.deepEqual(parseServiceAddress(service), expected);
  },
  title: (_, service: string, expected: unknown) =>
    `${JSON.stringify(service)} ${expected === undefined ? 'is no address' : 'is an address'}`,
});

const name = { literal: false, surplus: false };
const address = { literal: true, surplus: false };

test(reads, 'web', { host: 'web', ...name });
test(reads, 'web:8080', { host: 'web', port: 8080, ...name });
test(reads, 'web.shop:80', { host: 'web.shop', port: 80, ...name });
test(reads, ' web ', { host: 'web', ...name });
test(reads, 'http://web', { scheme: 'http', host: 'web', ...name });
test(reads, 'https://web:443', { scheme: 'https', host: 'web', port: 443, ...name });
test(reads, 'HTTPS://web', { scheme: 'https', host: 'web', ...name });
test(reads, 'https://web/', { scheme: 'https', host: 'web', ...name });
test(reads, 'back.test.:80', { host: 'back.test', port: 80, absolute: true, ...name });
test(reads, 'localhost.', { host: 'localhost', absolute: true, ...name, special: true });
test(reads, 'ws://web', { scheme: 'http', foreignScheme: 'ws', host: 'web', ...name });
test(reads, 'GRPC://web:1', {
  ...{ scheme: 'http', foreignScheme: 'grpc', host: 'web', port: 1 },
  ...name,
});
for (const slip of ['htps', 'hhtps', 'ttps', 'httpss', 'https.'])
  test(reads, `${slip}://web`, { scheme: 'https', foreignScheme: slip, host: 'web', ...name });
for (const slip of ['htp', 'httpp', 'http2', 'nats'])
  test(reads, `${slip}://web`, { scheme: 'http', foreignScheme: slip, host: 'web', ...name });
for (const scheme of ['amqps', 'rediss', 'ldaps', 'tcps', 'nats+tls', 'stomp+ssl'])
  test(reads, `${scheme}://web`, {
    ...{ scheme: 'https', foreignScheme: scheme, host: 'web', ...name },
  });
for (const scheme of ['redis', 'amqp', 'tcp'])
  test(reads, `${scheme}://web`, {
    ...{ scheme: 'http', foreignScheme: scheme, host: 'web', ...name },
  });
test(reads, 'wss://web', { scheme: 'https', foreignScheme: 'wss', host: 'web', ...name });
test(reads, 'web/path', { host: 'web', literal: false, surplus: true });
test(reads, 'http://web:80?x=1', {
  scheme: 'http',
  host: 'web',
  port: 80,
  literal: false,
  surplus: true,
});
test(reads, '10.1.2.3:80', { host: '10.1.2.3', port: 80, ...address });
test(reads, '[2001:db8::1]:80', { host: '2001:db8::1', port: 80, ...address });
test(reads, '[::ffff:10.0.0.1]', { host: '::ffff:10.0.0.1', ...address });

test(reads, 'localhost:80', { host: 'localhost', port: 80, ...name, special: true });
test(reads, '127.0.0.1', { host: '127.0.0.1', ...address, special: true });
test(reads, 'web.0x7f', { host: 'web.0x7f', ...name });

for (const bad of [
  '',
  'web:0',
  'web:65536',
  'web:http',
  'we b',
  '-web',
  'web-',
  'wéb',
  'web:80:80',
  '2001:db8::1',
  '[::1',
  '[:::]',
  '[1:2]',
  '999.1.1.1',
  '10.0.0.256:80',
  'https://',
  'user@web',
  ...['127.1', '0x7f.1', '0x7f000001', '2130706433', '0177.0.0.1', '127.0.0.01', '0'],
  ...['127.0.0.1.', '127.1.', 'web..', '[fe80::1%eth0]'],
])
  test(reads, bad, undefined);
