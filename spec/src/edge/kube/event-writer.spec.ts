import test, { type ExecutionContext } from 'ava';
import { pino } from 'pino';

import { eventWriter, type EventLimits } from '../../../../src/edge/kube/event-writer.ts';
import type { ObjectRef } from '../../../../src/ir/object-ref.ts';
import type { Condition } from '../../../../src/status/condition.ts';
import {
  anApiServer,
  type Answer,
  type Asked,
} from '../../../_support/api-server/an-api-server.ts';
import { eventually } from '../../../_support/envoy/supervised-envoy.ts';

const object: ObjectRef = 'Mapping shop/cart';

const bad = (reason: string, message = 'm'): Condition => ({
  type: 'Accepted',
  status: 'False',
  reason,
  message,
});

const good: Condition = { type: 'Accepted', status: 'True', reason: 'Accepted', message: '' };

const anEventWriter = async (
  t: ExecutionContext,
  answer: (asked: Asked, index: number) => Answer = () => ({ status: 201 }),
  limits?: EventLimits,
) => {
  const { client, asked } = await anApiServer(t, answer);
  const log = pino({ level: 'silent' });
  const clock = () => Date.UTC(2026, 0, 1);
  const events = eventWriter({ client, identity: 'a', log, clock, limits });
  t.teardown(events.stop);
  return { events, asked };
};

test('an Event names the object, and follows from what it says', async (t) => {
  const { events, asked } = await anEventWriter(t);

  events.tell(object, 'uid-1', [good, bad('Invalid', 'spec.prefix: no')]);
  await eventually('it is written', () => asked.length === 1);

  const { metadata, ...event } = asked[0]?.body ?? {};
  const { name } = metadata as { name: string };
  t.regex(name, /^cart\.[0-9a-f]{16}$/);
  t.is(asked[0]?.path, '/api/v1/namespaces/shop/events');
  t.deepEqual(event, {
    apiVersion: 'v1',
    kind: 'Event',
    involvedObject: {
      apiVersion: 'getambassador.io/v3alpha1',
      kind: 'Mapping',
      namespace: 'shop',
      name: 'cart',
      uid: 'uid-1',
    },
    type: 'Warning',
    reason: 'Invalid',
    message: 'spec.prefix: no',
    count: 1,
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:00:00Z',
    source: { component: 'headgate' },
    reportingComponent: 'headgate',
    reportingInstance: 'a',
  });
});

test('the name of an Event is one that the API server takes, however long the object is named', async (t) => {
  const { events, asked } = await anEventWriter(t);
  const start = 'a'.repeat(197);

  events.tell(`Mapping shop/${start}.b-${'c'.repeat(50)}`, 'uid-1', [bad('Invalid')]);
  await eventually('it is written', () => asked.length === 1);

  const { metadata } = asked[0]?.body ?? {};
  const { name } = metadata as { name: string };
  t.is(name.slice(0, -16), `${start}.b.`);
});

test('what was said already is not said again, until it was well in between', async (t) => {
  const { events, asked } = await anEventWriter(t);
  const say = (condition: Condition) => events.tell(object, 'uid-1', [condition]);

  say(bad('Invalid'));
  say(bad('Invalid'));
  say(bad('Conflict'));
  say(good);
  say(bad('Conflict'));

  await eventually('three are written', () => asked.length === 3);
  t.deepEqual(
    asked.map(({ body }) => body['reason']),
    ['Invalid', 'Conflict', 'Conflict'],
  );
});

test('waiting is no Event, and not being accepted is said by the condition that says why', async (t) => {
  const { events, asked } = await anEventWriter(t);

  events.tell(object, 'uid-1', [bad('Pending'), bad('NotAccepted'), bad('Invalid')]);

  await eventually('one is written', () => asked.length === 1);
  t.is(asked[0]?.body['reason'], 'Invalid');
});

test('an Event that is there counts up', async (t) => {
  const { events, asked } = await anEventWriter(t, ({ method }) => {
    if (method === 'POST') return { status: 409, body: { reason: 'AlreadyExists' } };
    return { status: 200, body: { count: 3 } };
  });

  events.tell(object, 'uid-1', [bad('Invalid')]);
  await eventually('it is counted', () => asked.length === 3);

  t.deepEqual(asked[2]?.body, { count: 4, lastTimestamp: '2026-01-01T00:00:00Z' });
});

test('an object has its share of Events, and all together theirs', async (t) => {
  const limits: EventLimits = {
    rate: { perSecond: 0.001, burst: 5 },
    perObject: { most: 2, within: 60_000 },
    waiting: 100,
  };
  const { events, asked } = await anEventWriter(t, undefined, limits);

  for (const i of [1, 2, 3, 4]) events.tell(object, 'uid-1', [bad('Invalid', `${i}`)]);
  for (const i of [1, 2, 3, 4]) events.tell(`Mapping shop/other${i}`, 'uid-2', [bad('Invalid')]);

  await eventually('five are written', () => asked.length === 5);
  t.deepEqual(asked.map(({ body }) => (body['involvedObject'] as { name: string }).name).sort(), [
    'cart',
    'cart',
    'other1',
    'other2',
    'other3',
  ]);
});

test('an API server that takes no Events costs nothing but the Events', async (t) => {
  const { events, asked } = await anEventWriter(t, () => ({ status: 403 }));

  events.tell(object, 'uid-1', [bad('Invalid')]);
  await eventually('it is refused', () => asked.length === 1);
  events.tell(object, 'uid-1', [bad('Conflict')]);
  await eventually('the next one is tried', () => asked.length === 2);

  t.is(asked[1]?.body['reason'], 'Conflict');
});

test('an Event of what is in no namespace is in the namespace default', async (t) => {
  const { events, asked } = await anEventWriter(t);

  events.tell('GatewayClass /headgate', 'uid-1', [bad('InvalidParameters')]);
  await eventually('it is written', () => asked.length === 1);

  t.is(asked[0]?.path, '/api/v1/namespaces/default/events');
  t.like(asked[0]?.body, {
    metadata: { namespace: 'default' },
    involvedObject: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      name: 'headgate',
      uid: 'uid-1',
    },
  });
  t.deepEqual(
    Object.keys(Object(asked[0]?.body['involvedObject'])).filter((field) => field === 'namespace'),
    [],
  );
});

test('of what is as it should be there is no Event, and what several places say is said once', async (t) => {
  const { events, asked } = await anEventWriter(t);
  const conflicted = { type: 'Conflicted', message: 'm' } as const;

  events.tell('Gateway infra/gw', 'uid-1', [
    { ...conflicted, status: 'False', reason: 'NoConflicts' },
    bad('Invalid'),
    bad('Invalid'),
    { ...conflicted, status: 'True', reason: 'HostnameConflict' },
  ]);
  await eventually('two are written', () => asked.length === 2);

  t.deepEqual(
    asked.map(({ body }) => body['reason']),
    ['Invalid', 'HostnameConflict'],
  );
});
