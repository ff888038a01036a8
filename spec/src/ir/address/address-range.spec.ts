import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';
import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';

import {
  addressPool,
  poolHas,
  poolNth,
  poolSize,
  type AddressPool,
} from '../../../../src/ir/address/address-range.ts';
import { canonicalAddress } from '../../../../src/ir/address/ip-address.ts';
import { holds } from '../../../_support/property/property.ts';

const poolOf = (...entries: readonly string[]): AddressPool =>
  pipe(
    addressPool(entries),
    E.getOrElse(({ entry, fault }): AddressPool => assert.fail(`${entry} ${fault}`)),
  );

/** All addresses of a small pool. */
const addresses = (pool: AddressPool): readonly (string | undefined)[] =>
  Array.from({ length: Number(poolSize(pool)) }, (_, place) => poolNth(pool, BigInt(place)));

const standsFor = test.macro({
  exec(t, entries: readonly string[], expected: readonly string[]) {
    t.deepEqual(addresses(poolOf(...entries)), expected);
  },
  title: (_, entries: readonly string[]) => `what ${entries.join(', ')} stands for`,
});

test(standsFor, ['10.0.0.7'], ['10.0.0.7']);
test(standsFor, ['10.0.0.254-10.0.1.1'], ['10.0.0.254', '10.0.0.255', '10.0.1.0', '10.0.1.1']);
test(standsFor, ['10.0.0.4/30'], ['10.0.0.4', '10.0.0.5', '10.0.0.6', '10.0.0.7']);
test(standsFor, ['10.0.0.4/32'], ['10.0.0.4']);
test(standsFor, ['2001:DB8::/127'], ['2001:db8::', '2001:db8::1']);
test(standsFor, ['fd00::ffff-fd00::1:0'], ['fd00::ffff', 'fd00::1:0']);
test(
  standsFor,
  ['fd00::1', '10.0.0.2-10.0.0.3', '9.0.0.1', '10.0.0.3-10.0.0.4'],
  ['9.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', 'fd00::1'],
);

test('a large block is no list', (t) => {
  const pool = poolOf('2001:db8::/32', '10.0.0.0/8');
  t.is(poolSize(pool), (1n << 96n) + (1n << 24n));
  t.is(poolNth(pool, 1n << 24n), '2001:db8::');
  t.is(poolNth(pool, poolSize(pool) - 1n), '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff');
  t.is(poolNth(pool, poolSize(pool)), undefined);
});

test('of nothing there is an empty pool', (t) => {
  t.is(poolSize(poolOf()), 0n);
  t.is(poolNth(poolOf(), 0n), undefined);
});

const isRefused = test.macro({
  exec(t, entry: string, fault: string) {
    t.deepEqual(addressPool(['10.0.0.1', entry]), E.left({ entry, fault }));
  },
  title: (_, entry: string) => `${JSON.stringify(entry)} is no part of a pool`,
});

const noAddresses = 'is no IP address, no CIDR block and no range of addresses';
test(isRefused, '', noAddresses);
test(isRefused, 'gateway.example', noAddresses);
test(isRefused, '10.0.0.256', noAddresses);
test(isRefused, '10.0.0.1-', noAddresses);
test(isRefused, '10.0.0.1-fd00::1', noAddresses);
test(isRefused, '10.0.0.1-10.0.0.2-10.0.0.3', noAddresses);
test(isRefused, '[fd00::1]', noAddresses);
test(isRefused, 'fe80::1%eth0', noAddresses);
test(isRefused, '10.0.0.2-10.0.0.1', 'ends before it begins');
test(isRefused, '10.0.0.0/33', 'is no CIDR block');
test(isRefused, 'fd00::/129', 'is no CIDR block');
test(isRefused, '10.0.0.0/', 'is no CIDR block');
test(isRefused, '10.0.0.0/8/8', 'is no CIDR block');
test(isRefused, '10.0.0.5/24', 'is a block that begins at 10.0.0.0');
test(isRefused, 'fd00::5/64', 'is a block that begins at fd00::');
for (const entry of ['0.0.0.0', '::', '0.0.0.0/0', '224.0.0.1', '255.255.255.255', 'ff02::1'])
  test(isRefused, entry, 'contains addresses that no server can have');
test(isRefused, '::ffff:10.0.0.1', 'contains addresses that no server can have');

test('an address is in a pool however it is written', (t) => {
  const pool = poolOf('fd00::/64', '10.0.0.1');
  t.true(poolHas(pool, 'FD00:0:0:0::00A1'));
  t.true(poolHas(pool, '10.0.0.1'));
  for (const other of ['fd00:0:0:1::', '10.0.0.2', 'localhost', '', '10.0.0.1-10.0.0.1'])
    t.false(poolHas(pool, other), other);
});

/** Addresses of one small block each for IPv4 and IPv6, by their last part. */
const aRange = fc
  .record({ prefix: fc.constantFrom('10.0.0.', 'fd00::'), a: fc.nat(9), b: fc.nat(9) })
  .map(({ prefix, a, b }) => ({ prefix, first: Math.min(a, b), last: Math.max(a, b) }));

test('a pool has each address of its entries once, in order, and no other', (t) => {
  holds(
    t,
    fc.property(fc.array(aRange, { maxLength: 6 }), (ranges) => {
      const pool = poolOf(
        ...ranges.map(({ prefix, first, last }) => `${prefix}${first}-${prefix}${last}`),
      );
      const expected = ['10.0.0.', 'fd00::'].flatMap((prefix) =>
        Array.from({ length: 10 }, (_, part) => part)
          .filter((part) =>
            ranges.some(
              (range) => range.prefix === prefix && range.first <= part && part <= range.last,
            ),
          )
          .map((part) => canonicalAddress(`${prefix}${part}`)),
      );
      assert.deepEqual(addresses(pool), expected);
      for (const prefix of ['10.0.0.', 'fd00::'])
        for (let part = 0; part < 10; part += 1) {
          const address = `${prefix}${part}`;
          assert.equal(poolHas(pool, address), expected.includes(canonicalAddress(address)));
        }
    }),
  );
});
