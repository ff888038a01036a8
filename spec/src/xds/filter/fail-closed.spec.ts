import test from 'ava';

import type { ClusterBackend } from '../../../../src/ir/backend.ts';
import type { FilterUse } from '../../../../src/ir/filter/filter.ts';
import { failClosed } from '../../../../src/xds/filter/fail-closed.ts';
import { aForward, aRoute } from '../../../_support/world/an-ir.ts';

const larger: FilterUse = { filter: 'limit', settings: { _tag: 'Buffer', maxRequestBytes: 9 } };
const off: FilterUse = { filter: 'limit', settings: { _tag: 'Off', kind: 'Buffer' } };

const isPassed = () => 'Buffer';
const isNotPassed = () => undefined;

const share = (filters?: readonly FilterUse[]): ClusterBackend => ({
  _tag: 'Cluster',
  cluster: 'shop',
  weight: 3,
  ...(filters !== undefined && { filters }),
});

test('routes that get what they ask for stay as they are', (t) => {
  const plain = [aRoute(), aRoute()];
  t.is(failClosed(plain, isNotPassed), plain);
  const route = aRoute({ filters: [larger], action: aForward({ backends: [share([larger])] }) });
  t.is(failClosed([route], isPassed)[0], route);
});

test('a route whose requests do not pass a filter that it has settings for answers 503', (t) => {
  const route = aRoute({ filters: [off, larger] });
  const { filters: _, ...others } = route;
  t.deepEqual(failClosed([route, aRoute()], isNotPassed), [
    { ...others, action: { _tag: 'Respond', status: 503 } },
    aRoute(),
  ]);
  t.deepEqual(
    failClosed([route], () => 'Cors'),
    failClosed([route], isNotPassed),
  );
});

test('a route may turn off what its requests do not pass', (t) => {
  const route = aRoute({ filters: [off] });
  t.is(failClosed([route], isNotPassed)[0], route);
});

test('a backend whose requests do not pass a filter that it has settings for fails its share', (t) => {
  const route = aRoute({
    action: aForward({ backends: [share([larger]), share([off]), share()] }),
  });
  t.deepEqual(failClosed([route], isNotPassed), [
    aRoute({
      action: aForward({
        backends: [{ _tag: 'Fails', status: 503, weight: 3 }, share([off]), share()],
      }),
    }),
  ]);
});
