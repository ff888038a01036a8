import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { addressPool, type AddressPool } from '../../../../../src/ir/address/address-range.ts';
import {
  assignAddresses,
  type AddressRequest,
  type Assignment,
} from '../../../../../src/translate/gateway/address/assign-addresses.ts';
import { holds } from '../../../../_support/property/property.ts';

const poolOf = (...entries: readonly string[]): AddressPool => {
  const read = addressPool(entries);
  if (read._tag === 'Left') throw new Error(read.left.fault);
  return read.right;
};

/** A Gateway that wants any one address. */
const request = (name: string, more: Partial<AddressRequest> = {}): AddressRequest => ({
  ref: `Gateway default/${name}`,
  wanted: [],
  any: 1,
  held: [],
  former: [],
  ...more,
});

const assigned = (pool: AddressPool, ...requests: readonly AddressRequest[]) =>
  Object.fromEntries(
    [...assignAddresses(pool, requests)].map(([{ ref }, { addresses }]) => [
      ref.slice('Gateway default/'.length),
      addresses,
    ]),
  );

const three = poolOf('192.0.2.1-192.0.2.3');

test('the oldest Gateway gets the first address, whatever the order in which they are listed', (t) => {
  const old = request('z', { created: '2025-01-01T00:00:00Z' });
  const young = request('a', { created: '2026-01-01T00:00:00Z' });

  for (const order of [
    [old, young],
    [young, old],
  ])
    t.deepEqual(assigned(three, ...order), { z: ['192.0.2.1'], a: ['192.0.2.2'] });
});

test('a Gateway keeps the address that it has, also when an older one comes back without any', (t) => {
  const old = request('old', { created: '2025-01-01T00:00:00Z' });
  const young = request('young', { created: '2026-01-01T00:00:00Z', held: ['192.0.2.1'] });

  t.deepEqual(assigned(three, old, young), { old: ['192.0.2.2'], young: ['192.0.2.1'] });
});

test('of two that had one address the older one keeps it', (t) => {
  const old = request('old', { created: '2025-01-01T00:00:00Z', held: ['192.0.2.3'] });
  const young = request('young', { created: '2026-01-01T00:00:00Z', held: ['192.0.2.3'] });

  t.deepEqual(assigned(three, young, old), { old: ['192.0.2.3'], young: ['192.0.2.1'] });
});

test('what a Gateway was given stays while its status is on the way, also when an older one comes', (t) => {
  const old = request('old', { created: '2025-01-01T00:00:00Z' });
  const young = request('young', { created: '2026-01-01T00:00:00Z', former: ['192.0.2.1'] });

  t.deepEqual(assigned(three, old, young), { old: ['192.0.2.2'], young: ['192.0.2.1'] });
});

test('what a status says comes before what somebody was given since', (t) => {
  const told = request('told', { created: '2026-01-01T00:00:00Z', held: ['192.0.2.1'] });
  const given = request('given', { created: '2025-01-01T00:00:00Z', former: ['192.0.2.1'] });

  t.deepEqual(assigned(three, told, given), { told: ['192.0.2.1'], given: ['192.0.2.2'] });
});

test('a Gateway has no more addresses than it asks for, whatever it had', (t) => {
  const had = request('a', { held: ['192.0.2.2'], former: ['192.0.2.2', '192.0.2.3'] });

  t.deepEqual(assigned(three, had), { a: ['192.0.2.2'] });
});

test('what a Gateway had that is not in the pool is forgotten', (t) => {
  t.deepEqual(assigned(three, request('a', { held: ['198.51.100.1'] })), { a: ['192.0.2.1'] });
});

test('whoever asks for an address by name gets it before those that take any', (t) => {
  const any = request('a', { created: '2025-01-01T00:00:00Z' });
  const named = request('b', { wanted: ['192.0.2.1'], any: 0 });

  t.deepEqual(assigned(three, any, named), { a: ['192.0.2.2'], b: ['192.0.2.1'] });
});

test('an address that another one has, or that is not in the pool, cannot be had', (t) => {
  const first = request('a', { wanted: ['192.0.2.1'], any: 0 });
  const second = request('b', { wanted: ['192.0.2.1', '198.51.100.1', '192.0.2.2'], any: 0 });

  t.deepEqual(assignAddresses(three, [first, second]).get(second), {
    addresses: ['192.0.2.2'],
    unusable: [
      { address: '192.0.2.1', reason: 'it is in use by Gateway default/a' },
      { address: '198.51.100.1', reason: 'it is not one of the addresses for Gateways' },
    ],
    missing: 0,
  });
});

test('where the pool is used up the youngest have none', (t) => {
  const assignments = assignAddresses(
    three,
    ['a', 'b', 'c', 'd'].map((name) => request(name)),
  );

  t.deepEqual(
    [...assignments.values()].map(({ missing }) => missing),
    [0, 0, 0, 1],
  );
});

test('a pool with very many addresses costs no more than those that are used', (t) => {
  const wide = poolOf('10.0.0.0/8', '2001:db8::/32');

  t.deepEqual(assigned(wide, request('a'), request('b', { any: 2 })), {
    a: ['10.0.0.0'],
    b: ['10.0.0.1', '10.0.0.2'],
  });
});

const address = fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3', '198.51.100.1');

const requests = fc.uniqueArray(
  fc.record({
    ref: fc.constantFrom<AddressRequest['ref']>('Gateway a/a', 'Gateway a/b', 'Gateway b/a'),
    created: fc.constantFrom('2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
    wanted: fc.uniqueArray(address, { maxLength: 2 }),
    any: fc.nat(2),
    held: fc.uniqueArray(address, { maxLength: 2 }),
    former: fc.uniqueArray(address, { maxLength: 2 }),
  }),
  { selector: ({ ref }) => ref },
);

const byRef = (all: ReadonlyMap<AddressRequest, Assignment>) =>
  new Map([...all].map(([{ ref }, assignment]) => [ref, assignment]));

test('no address is given twice, the order of the list does not matter, and what is given stays', (t) => {
  holds(
    t,
    fc.property(requests, (all) => {
      const given = assignAddresses(three, all);
      const addresses = [...given.values()].flatMap((one) => one.addresses);
      assert.equal(new Set(addresses).size, addresses.length);
      assert.deepEqual(byRef(assignAddresses(three, all.toReversed())), byRef(given));
      const kept = [...given].map(([one, own]) => ({ ...one, held: own.addresses }));
      const former = [...given].map(([one, own]) => ({ ...one, former: own.addresses }));
      assert.deepEqual(
        [...assignAddresses(three, former).values()],
        [...assignAddresses(three, kept).values()],
      );
      for (const gone of [undefined, ...kept]) {
        const rest = kept.filter((one) => one !== gone);
        const after = assignAddresses(three, rest);
        for (const one of rest)
          for (const before of one.held)
            assert.ok(after.get(one)?.addresses.includes(before), `${one.ref} loses ${before}`);
      }
    }),
  );
});
