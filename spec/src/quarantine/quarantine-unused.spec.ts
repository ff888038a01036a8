import test from 'ava';

import { newQuarantine } from '../../../src/quarantine/quarantine.ts';
import { settle } from '../../_support/envoy/refusing-envoy.ts';
import {
  aHost,
  aListener,
  aMapping,
  storeOf,
  type Manifest,
} from '../../_support/world/builders.ts';

const bad = aMapping('thief/m', { hostname: 'good.example', prefix: '/bad/' });

/** The objects that are convicted when these come after those, which Envoy accepted. */
const convicted = (before: readonly Manifest[], after: readonly Manifest[]): readonly string[] => {
  const first = settle({ quarantine: newQuarantine() }, storeOf(...before));
  const { quarantine } = settle(first, storeOf(...before, ...after), 100);
  return quarantine.convicted.map(({ object }) => object);
};

test('a Mapping that waited for a Host is convicted, and not the Host that takes it', (t) => {
  const host = aHost('good/good', { hostname: 'good.example' });
  t.deepEqual(convicted([aListener(), aHost('x/y', { hostname: 'x' }), bad], [host]), [
    'Mapping thief/m',
  ]);
});

test('nor the Listener that opens the way to both', (t) => {
  const listener = aListener('edge/http', { port: 8081 });
  const host = aHost('good/good', { hostname: 'good.example' });
  t.deepEqual(convicted([bad, host], [listener]), ['Mapping thief/m']);
});
