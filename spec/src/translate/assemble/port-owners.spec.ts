import test from 'ava';

import { from, keys, values } from '../../../../src/collection/collection.ts';
import { atOnce } from '../../../../src/collection/work.ts';
import type { Port } from '../../../../src/ir/port.ts';
import { showProblem } from '../../../../src/problem/show-problem.ts';
import { portOwners, type PortOwners } from '../../../../src/translate/assemble/port-owners.ts';
import type { PortClaim } from '../../../../src/translate/contribution/contribution.ts';
import { listenerName } from '../../../../src/translate/contribution/table-names.ts';
import { aListener, requestsOf } from '../../../_support/world/an-ir.ts';

const port = 8080 as Port;

test('a listener is named after its address, unless that is all addresses', (t) => {
  t.is(listenerName(port), 'listener-8080');
  t.is(listenerName(port, 'udp'), 'listener-8080-udp');
  t.is(listenerName(port, 'tcp', '0.0.0.0'), 'listener-8080');
  t.is(listenerName(port, 'tcp', '127.0.0.2'), 'listener-127.0.0.2-8080');
  t.is(listenerName(port, 'udp', '127.0.0.2'), 'listener-127.0.0.2-8080-udp');
  t.is(listenerName(port, 'tcp', '2001:DB8:0::7'), 'listener-2001:db8::7-8080');
});

/** A claim of `Gateway team/<name>`. */
const claim = (
  name: string,
  address: string,
  created?: string,
  transport: 'tcp' | 'udp' = 'tcp',
): PortClaim => ({
  field: 'spec.listeners',
  listener: aListener({
    name: listenerName(port, transport, address),
    address,
    port,
    transport,
    from: [`Gateway team/${name}`],
  }),
  http: requestsOf('').options,
  ...(created !== undefined && { created }),
});

const settle = atOnce(portOwners);

const settled = (previous: PortOwners | undefined, ...claims: readonly PortClaim[]): PortOwners =>
  settle(previous, [from(claims.map((one) => [one.listener.name, one]))]);

const openIn = ({ ports }: PortOwners): readonly string[] => [...keys(ports.output)].sort();

const told = ({ rivals }: PortOwners): readonly string[] =>
  [...values(rivals.output)].flatMap(({ problems }) => problems.map(showProblem)).sort();

const [all, two, three] = ['listener-8080', 'listener-127.0.0.2-8080', 'listener-127.0.0.3-8080'];

test('one port is open on several addresses', (t) => {
  const owners = settled(
    undefined,
    claim('a', '127.0.0.2'),
    claim('b', '127.0.0.3'),
    claim('c', '::1'),
  );
  t.deepEqual(openIn(owners), [two, three, 'listener-::1-8080']);
  t.deepEqual(told(owners), []);
});

test('a port that is older on all addresses is open on no single one', (t) => {
  const owners = settled(
    undefined,
    claim('all', '0.0.0.0', '2024'),
    claim('a', '127.0.0.2', '2025'),
    claim('b', '127.0.0.3'),
  );
  t.deepEqual(openIn(owners), [all]);
  t.deepEqual(told(owners), [
    'Gateway team/a: spec.listeners: port 8080 is claimed on 127.0.0.2 and on all addresses, and only one of these can be had; Gateway team/all wins',
    'Gateway team/b: spec.listeners: port 8080 is claimed on 127.0.0.3 and on all addresses, and only one of these can be had; Gateway team/all wins',
  ]);
});

test('a port that is older on one address is not open on all, and younger single ones are', (t) => {
  const owners = settled(
    undefined,
    claim('all', '0.0.0.0', '2024'),
    claim('a', '127.0.0.2', '2023'),
    claim('b', '127.0.0.3', '2025'),
  );
  t.deepEqual(openIn(owners), [two, three]);
  t.deepEqual(told(owners), [
    'Gateway team/all: spec.listeners: port 8080 is claimed on all addresses and on 127.0.0.2, and only one of these can be had; Gateway team/a wins',
  ]);
});

test('of one age, a port is open on all addresses', (t) => {
  for (const created of ['2024', undefined])
    t.deepEqual(
      openIn(
        settled(undefined, claim('all', '0.0.0.0', created), claim('a', '127.0.0.2', created)),
      ),
      [all],
    );
});

test('an IPv6 address, and datagrams, are in the way of nobody', (t) => {
  const owners = settled(
    undefined,
    claim('all', '0.0.0.0', '2024'),
    claim('a', '::1'),
    claim('udp', '0.0.0.0', '2024', 'udp'),
    claim('b', '127.0.0.2', undefined, 'udp'),
  );
  t.deepEqual(openIn(owners), [
    'listener-127.0.0.2-8080-udp',
    all,
    'listener-8080-udp',
    'listener-::1-8080',
  ]);
});

test('a port is settled anew when a claim comes, changes its age or goes', (t) => {
  const wide = claim('all', '0.0.0.0', '2024');
  let owners = settled(undefined, wide);
  for (const [one, open] of [
    [claim('a', '127.0.0.2', '2025'), [all]],
    [claim('a', '127.0.0.2', '2023'), [two]],
    [claim('a', '127.0.0.3', '2023'), [three]],
    [undefined, [all]],
  ] as const) {
    owners = settled(owners, wide, ...(one === undefined ? [] : [one]));
    t.deepEqual(openIn(owners), open);
  }
});
