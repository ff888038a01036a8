import test from 'ava';

import { headerFormat } from '../../../../src/xds/message/header-format.ts';

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
test(becomes, '%START_TIME(%s)%', '%%START_TIME(%%s)%%');
test(becomes, '%PROTOCOL', '%%PROTOCOL');
