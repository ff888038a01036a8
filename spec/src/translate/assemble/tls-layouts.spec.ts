import test from 'ava';

import { empty, get, keys, type Collection } from '../../../../src/collection/collection.ts';
import type { ListenerName } from '../../../../src/ir/listener.ts';
import type { ServedName } from '../../../../src/ir/server-name.ts';
import { tlsLayouts } from '../../../../src/translate/assemble/tls-layouts.ts';
import type { PortClaim } from '../../../../src/translate/contribution/contribution.ts';
import type {
  ListenerLayout,
  TlsLayout,
} from '../../../../src/translate/contribution/tls-layout.ts';
import { aListener, requestsOf } from '../../../_support/world/an-ir.ts';

const aClaim = (name: ListenerName, tlsLayout?: TlsLayout): PortClaim => ({
  field: 'spec.port',
  listener: aListener({ name, from: [`Listener default/${name}`] }),
  http: requestsOf('web').options,
  ...(tlsLayout === undefined ? {} : { tlsLayout }),
});

interface Demand {
  readonly agree: boolean;
  readonly ports: readonly PortClaim[];
  readonly special: Readonly<Record<ListenerName, readonly ServedName[]>>;
}

type Layouts = Collection<ListenerName, ListenerLayout>;

/** The layouts of some Listeners, each with as many server names. */
const laidOut = (
  previous: Layouts,
  sizes: Readonly<Record<ListenerName, number>>,
  {
    agree = true,
    ports = Object.keys(sizes).map((name) => aClaim(name)),
    special = {},
  }: Partial<Demand> = {},
): Layouts =>
  tlsLayouts(previous, {
    ports,
    serverNames: (name) => sizes[name] ?? 0,
    special: (name) => special[name] ?? [],
    agree: () => agree,
  });

test('a layout is kept until the number of server names is clearly one for the other', (t) => {
  let layouts: Layouts = empty();
  const after = (size: number): TlsLayout | undefined => {
    layouts = laidOut(layouts, { web: size });
    return get(layouts, 'web')?.layout;
  };
  t.deepEqual([0, 128, 256, 257, 256, 128, 127, 128, 256].map(after), [
    'chains',
    'chains',
    'chains',
    'on-demand',
    'on-demand',
    'on-demand',
    'chains',
    'chains',
    'chains',
  ]);
});

test('what a Listener wishes for counts, whatever its size', (t) => {
  const ports = [aClaim('a', 'on-demand'), aClaim('b', 'chains')];
  const layouts = laidOut(empty(), { a: 1, b: 1000 }, { ports });
  t.is(get(layouts, 'a')?.layout, 'on-demand');
  t.is(get(layouts, 'b')?.layout, 'chains');
});

test('Listeners that agree all serve on demand', (t) => {
  const layouts = laidOut(empty(), { a: 300, b: 300 });
  t.is(get(layouts, 'a')?.layout, 'on-demand');
  t.is(get(layouts, 'b')?.layout, 'on-demand');
});

test('of Listeners that do not agree the oldest serves on demand', (t) => {
  const older = { ...aClaim('b', 'on-demand'), created: '2024-01-01T00:00:00Z' };
  const newer = { ...aClaim('a', 'on-demand'), created: '2025-01-01T00:00:00Z' };
  const layouts = laidOut(empty(), { a: 10, b: 10 }, { ports: [newer, older], agree: false });
  t.is(get(layouts, 'b')?.layout, 'on-demand');
  t.is(get(layouts, 'a')?.layout, 'chains');
});

test('of Listeners of one age that do not agree the first by name serves on demand', (t) => {
  const ports = [aClaim('c', 'on-demand'), aClaim('b'), aClaim('a')];
  const layouts = laidOut(empty(), { a: 10, b: 300, c: 1 }, { ports, agree: false });
  t.is(get(layouts, 'a')?.layout, 'chains');
  t.is(get(layouts, 'b')?.layout, 'on-demand');
  t.deepEqual(get(layouts, 'c'), {
    layout: 'chains',
    wanted: 'on-demand',
    problems: [
      {
        _tag: 'Conflict',
        object: 'Listener default/c',
        field: 'metadata.annotations["headgate.io/tls-layout"]',
        other: 'Listener default/b',
        reason: 'both would fetch certificates on demand, and differ in what they serve for a name',
      },
    ],
  });
});

test('a Listener for HTTP/3 keeps its chains, and says so where it wishes for something else', (t) => {
  const quic = (claim: PortClaim): PortClaim => ({
    ...claim,
    listener: { ...claim.listener, transport: 'udp', quic: {} },
  });
  const ports = [quic(aClaim('a')), quic(aClaim('b', 'on-demand')), aClaim('c')];
  const layouts = laidOut(empty(), { a: 300, b: 300, c: 300 }, { ports, agree: false });
  t.deepEqual(get(layouts, 'a'), { layout: 'chains', wanted: 'on-demand', problems: [] });
  t.like(get(layouts, 'b')?.problems, [
    { reason: 'certificates cannot be fetched on demand over QUIC' },
  ]);
  t.is(get(layouts, 'c')?.layout, 'on-demand');
});

test('a Listener with a name that only a chain can serve keeps its chains, however many', (t) => {
  const special = { a: [{ _tag: 'PassThrough', names: 'a.example', tcp, from: [] }] } as const;
  const layouts = laidOut(empty(), { a: 300, b: 300 }, { special });
  t.deepEqual(get(layouts, 'a'), { layout: 'chains', wanted: 'on-demand', problems: [] });
  t.is(get(layouts, 'b')?.layout, 'on-demand');
  t.is(get(laidOut(layouts, { a: 300, b: 300 }), 'a')?.layout, 'on-demand');
});

const tcp = { _tag: 'Tcp', statPrefix: 'a', backends: [] } as const;

test('a Listener that had to give way is back at once when it may', (t) => {
  const before = laidOut(empty(), { a: 300, b: 300 }, { agree: false });
  t.is(get(before, 'b')?.layout, 'chains');
  t.is(get(laidOut(before, { a: 300, b: 200 }), 'b')?.layout, 'on-demand');
});

test('what does not change stays the same value, and what is gone is forgotten', (t) => {
  const before = laidOut(empty(), { a: 300, b: 1 });
  t.is(laidOut(before, { a: 299, b: 2 }), before);
  t.deepEqual([...keys(laidOut(before, { b: 1 }))], ['b']);
});
