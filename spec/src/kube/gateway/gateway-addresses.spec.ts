import test from 'ava';

import { arrival } from '../../../../src/kube/arrival.ts';
import { decode } from '../../../../src/kube/decode.ts';

const version = 'gateway.networking.k8s.io/v1';

const aGateway = (status: unknown, generation = 1): object => ({
  metadata: { namespace: 'shop', name: 'a', uid: 'u', generation },
  spec: { gatewayClassName: 'headgate', listeners: [] },
  status,
});

const arrived = (raw: object) => arrival('Gateway')(raw);

const given = (...values: readonly string[]) => ({
  addresses: values.map((value) => ({ type: 'IPAddress', value })),
});

test('of the status of a Gateway in a cluster the addresses are kept, and nothing else', (t) => {
  const status = { ...given('10.0.0.1'), conditions: [{ type: 'Accepted' }], listeners: [] };

  t.like(arrived(aGateway(status)).item, { object: { status: given('10.0.0.1') }, problems: [] });
  for (const other of [undefined, {}, given(), { addresses: 'x' }, { addresses: [{ value: 1 }] }])
    t.false('status' in (arrived(aGateway(other)).item?.object ?? {}), JSON.stringify(other));
});

test('in a file a status is what somebody copied', (t) => {
  const raw = { apiVersion: version, kind: 'Gateway', ...aGateway(given('10.0.0.1')) };
  const decoding = decode(raw);

  t.true(decoding._tag === 'Decoded' && decoding.item.object !== undefined);
  t.false(decoding._tag === 'Decoded' && 'status' in (decoding.item.object ?? {}));
});

test('a Gateway whose status was written is the same, unless its addresses are others', (t) => {
  const { stamp } = arrived(aGateway(given('10.0.0.1')));
  const stampWith = (status: object, generation = 1) => arrived(aGateway(status, generation)).stamp;

  t.truthy(stamp);
  t.is(stampWith({ ...given('10.0.0.1'), conditions: [{ type: 'Programmed' }] }), stamp);
  t.not(stampWith(given('10.0.0.2')), stamp);
  t.not(stampWith({}), stamp);
  t.not(stampWith(given('10.0.0.1'), 2), stamp);
});
