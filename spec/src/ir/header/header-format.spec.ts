import test from 'ava';

import { foreignCommand, headerFormat } from '../../../../src/ir/header/header-format.ts';

const becomes = test.macro<[value: string, format: string]>({
  exec(t, value, format) {
    t.is(headerFormat(value), format);
  },
  title: (_, value, format) => `the header value ${value} is sent as ${format}`,
});

test(becomes, 'plain', 'plain');
test(becomes, '100%', '100%%');
test(becomes, '100%%', '100%%');
test(becomes, '%%%', '%%%%');
test(becomes, '%DOWNSTREAM_REMOTE_ADDRESS%', '%DOWNSTREAM_REMOTE_ADDRESS%');
test(
  becomes,
  'ip=%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%;',
  'ip=%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%;',
);
test(becomes, '%PROTOCOL%%PROTOCOL%', '%PROTOCOL%%PROTOCOL%');
test(becomes, '%protocol%', '%%protocol%%');
test(becomes, '%FOO%', '%%FOO%%');
test(becomes, '%ENVIRONMENT(HOME)%', '%%ENVIRONMENT(HOME)%%');
test(becomes, '%HOSTNAME%', '%%HOSTNAME%%');
test(becomes, '%DYNAMIC_METADATA(a:b)%', '%%DYNAMIC_METADATA(a:b)%%');
test(becomes, '%FILTER_STATE(a)%', '%%FILTER_STATE(a)%%');
test(becomes, '%DOWNSTREAM_PEER_CERT%', '%%DOWNSTREAM_PEER_CERT%%');
test(becomes, '%REQ(X-User)%', '%REQ(X-User)%');
test(becomes, '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH):20%', '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH):20%');
test(becomes, '%RESP(server)%', '%RESP(server)%');
test(becomes, '%REQ(a b)%', '%%REQ(a b)%%');
test(becomes, '%REQ()%', '%%REQ()%%');
test(becomes, '%REQ(a', '%%REQ(a');
test(becomes, '%START_TIME%', '%START_TIME%');
test(becomes, '%START_TIME(%s.%3f)%', '%START_TIME(%s.%3f)%');
test(becomes, '%START_TIME(%Y-%m-%dT%H:%M:%SZ)%', '%START_TIME(%Y-%m-%dT%H:%M:%SZ)%');
test(becomes, '%START_TIME(%n)%', '%%START_TIME(%%n)%%');
test(becomes, '%UPSTREAM_HOST%', '%UPSTREAM_HOST%');
test(becomes, '%PROTOCOL', '%%PROTOCOL');

const holds = test.macro<[value: string, foreign: string | undefined]>({
  exec(t, value, foreign) {
    t.is(foreignCommand(value), foreign);
  },
  title: (_, value, foreign = 'no foreign command') => `the header value ${value} holds ${foreign}`,
});

for (const value of [
  'plain',
  '100%',
  '%',
  '%%',
  '%%%',
  '50% OFF, 20% MORE',
  '%PROTOCOL%',
  '%%HOSTNAME%%',
  '%%%PROTOCOL%',
  '%C3%A9%20',
  '%protocol%',
  '%PROTOCOL',
  'a %PRICE: 3',
  'a=%REQ(X-User?:authority):20%;t=%START_TIME(%s.%3f)%',
])
  test(holds, value, undefined);

test(holds, '%ENVIRONMENT(HOME)%', '%ENVIRONMENT');
test(holds, '%FILE_CONTENT(/etc/passwd)%', '%FILE_CONTENT');
test(holds, '%HOSTNAME%', '%HOSTNAME');
test(holds, '%FOO:3%', '%FOO');
test(holds, '%PROTOCOL%%FOO%', '%FOO');
test(holds, '%%%FOO%', '%FOO');
test(holds, '%REQ(a b)%', '%REQ');
test(holds, '%REQ(a', '%REQ');
test(holds, '%REQ()%', '%REQ');
test(holds, '%START_TIME(%n)%', '%START_TIME');
test(holds, '%PROTOCOL(a)%', '%PROTOCOL');
test(holds, '%DYNAMIC_METADATA(a:b)%', '%DYNAMIC_METADATA');
test(holds, '%%DYNAMIC_METADATA(["a"])%%', 'DYNAMIC_METADATA([');
test(holds, '%UPSTREAM_METADATA( ["a"])%', 'UPSTREAM_METADATA( [');
test(holds, '%%PER_REQUEST_STATE(a)%%', 'PER_REQUEST_STATE(');

test('long texts of what commands are made of are read in linear time', (t) => {
  for (const part of ['A', '%A', 'A_METADATA(', 'A_METADATA( '])
    t.is(foreignCommand(part.repeat(500_000)), undefined, part);
});
