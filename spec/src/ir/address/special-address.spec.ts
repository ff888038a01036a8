import test from 'ava';

import { specialUse, type SpecialUse } from '../../../../src/ir/address/special-address.ts';

const isFor = test.macro({
  exec(t, hosts: readonly string[], use: SpecialUse | undefined) {
    for (const host of hosts) t.is(specialUse(host), use, host);
  },
  title: (name = '') => name,
});

test(
  'this machine, by address',
  isFor,
  ['127.0.0.1', '127.255.1.2', '0.0.0.0', '0.1.2.3'],
  'loopback',
);
test('this machine, by IPv6 address', isFor, ['::1', '::', '0:0:0:0:0:0:0:1', '0::0'], 'loopback');
test(
  'this machine, by name',
  isFor,
  ['localhost', 'LocalHost', 'a.localhost', 'localhost.localdomain', 'ip6-localhost', 'localhost6'],
  'loopback',
);
test(
  'an IPv4 address of this machine in one of IPv6',
  isFor,
  ['::ffff:127.0.0.1', '::FFFF:7f00:1', '::127.0.0.1', '64:ff9b::127.0.0.1', '::ffff:0:0'],
  'loopback',
);
test(
  'the same link',
  isFor,
  ['169.254.0.1', '169.254.169.254', 'fe80::1', 'FEBF::1', '::ffff:169.254.169.254'],
  'link-local',
);
test(
  'metadata services that are elsewhere',
  isFor,
  [
    ...['168.63.129.16', '100.100.100.200', '192.0.0.192', 'metadata.google.internal'],
    ...['fd00:ec2::254', 'FD00:0EC2:0::254', 'fd00:ec2::23', 'fd20:ce::254', 'fd00:42::42'],
  ],
  'link-local',
);
test(
  'many machines',
  isFor,
  ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1', '::ffff:224.0.0.1'],
  'multicast',
);
test(
  'what may be a service',
  isFor,
  [
    ...['10.0.0.1', '126.255.255.255', '128.0.0.1', '169.253.1.1', '192.168.1.1', '240.0.0.1'],
    ...['2001:db8::1', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::10.0.0.1', 'fe00::1', 'fec0::1'],
    ...['web', 'localhost.shop', 'notlocalhost', 'metadata', '127.0.0.1.example'],
  ],
  undefined,
);
