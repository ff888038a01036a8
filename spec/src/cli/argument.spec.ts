import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';
import { InvalidArgumentError } from 'commander';

import {
  address,
  addresses,
  authorities,
  namespaces,
  positive,
  referenceGrants,
  service,
  specialUses,
  tcpAddress,
  wholeNumber,
} from '../../../src/cli/argument.ts';
import { tempDir } from '../../_support/process/temp-dir.ts';
import { anAuthority } from '../../_support/world/an-authority.ts';

const reads = test.macro((t, read: (text: string) => unknown, text: string, expected: unknown) => {
  t.deepEqual(read(text), expected);
});

const refuses = test.macro(
  (t, read: (text: string) => unknown, texts: readonly string[], message: string) => {
    for (const text of texts)
      t.throws(() => read(text), { instanceOf: InvalidArgumentError, message });
  },
);

const tcp = { _tag: 'Tcp', host: '127.0.0.1', port: 80 };
const unix = { _tag: 'Unix', path: '/run/ads' };

test('reads the least whole number', reads, wholeNumber(0, 9), '0', 0);
test('reads the greatest whole number', reads, wholeNumber(0, 9), '9', 9);
test(
  'refuses what is no whole number in the range',
  refuses,
  wholeNumber(0, 9),
  ['', ' ', '-1', '10', '1.5', 'one', 'Infinity'],
  'expected a whole number from 0 to 9.',
);
test('reads a number above 0', reads, positive, '0.5', 0.5);
test(
  'refuses what is no number above 0',
  refuses,
  positive,
  ['', '0', '-1', 'fast', 'Infinity'],
  'expected a number above 0.',
);
test('reads names of namespaces', reads, namespaces, 'edge, tools-2', ['edge', 'tools-2']);
test('reads no name of a namespace', reads, namespaces, '', []);
test(
  'refuses what is no name of a namespace',
  refuses,
  namespaces,
  ['Edge', 'edge;tools', 'edge,*', 'a/b', '-a'],
  'expected the names of namespaces, with commas between them.',
);
test('reads which namespaces may refer to which', reads, referenceGrants, 'shop:certs, *:edge', [
  { from: 'shop', to: 'certs' },
  { from: '*', to: 'edge' },
]);
test(
  'refuses what is no pair of namespaces',
  refuses,
  referenceGrants,
  ['shop', 'shop:', ':certs', 'a:b:c', 'Shop:certs', 'shop:certs;a:b', 'shop-*:certs'],
  'expected pairs FROM:TO of namespaces, or * for each, with commas between them.',
);
test('reads special uses', reads, specialUses, 'link-local, loopback', ['loopback', 'link-local']);
test('reads that there are none', reads, specialUses, 'none', []);
test(
  'refuses other uses',
  refuses,
  specialUses,
  ['', 'all', 'multicast', 'loopback,none'],
  'expected none, or with commas between them: loopback, link-local.',
);
test('reads a host and port', reads, tcpAddress, '127.0.0.1:80', tcp);
test(
  'refuses a path for a host and port',
  refuses,
  tcpAddress,
  ['unix:/run/ads', '80'],
  'expected HOST:PORT.',
);
test('reads a host and port as an address', reads, address, '127.0.0.1:80', tcp);
test('reads a path as an address', reads, address, 'unix:/run/ads', unix);
test(
  'refuses what is no address',
  refuses,
  address,
  ['', 'unix:', 'a:b'],
  'expected HOST:PORT or unix:PATH.',
);

test(
  'reads the entries of a pool as they are written',
  reads,
  addresses,
  '10.0.0.1, 10.0.1.0/24\nfd00::1-fd00::9',
  ['10.0.0.1', '10.0.1.0/24', 'fd00::1-fd00::9'],
);
test(
  'names the entry that has no part in a pool',
  refuses,
  addresses,
  ['10.0.0.1,10.0.1.5/24', '10.0.1.5/24 10.0.0.300'],
  '"10.0.1.5/24" is a block that begins at 10.0.1.0.',
);
test(
  'refuses an empty pool',
  refuses,
  addresses,
  ['', ' ,'],
  'expected IP addresses, CIDR blocks or ranges FIRST-LAST.',
);
test('reads the name of a Service', reads, service, 'edge/headgate', 'edge/headgate');
test(
  'refuses what is no name of a Service',
  refuses,
  service,
  ['', 'headgate', '/headgate', 'edge/', 'edge/a/b', 'Edge/a', 'edge/*'],
  'expected NAMESPACE/NAME.',
);

test('reads the certificates of authorities in a file, each once', async (t) => {
  const { certificate } = anAuthority('known');
  const file = join(await tempDir(t), 'ca.crt');
  await writeFile(file, `# known\n${certificate}${certificate}`);
  t.is(authorities(file), certificate);
});
test(
  'refuses a file that is not there',
  refuses,
  authorities,
  ['/nowhere/ca.crt'],
  'expected a file of PEM certificates; it cannot be read.',
);
test(
  'refuses a file without a certificate',
  refuses,
  authorities,
  ['package.json'],
  'expected a file of PEM certificates; it holds no PEM certificate.',
);
