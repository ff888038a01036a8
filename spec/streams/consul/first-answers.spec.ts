import test from 'ava';

import { empty, from } from '../../../src/collection/collection.ts';
import { consulServiceName, type Endpoints } from '../../../src/ir/endpoints.ts';
import { firstAnswers, longestStart, type Asking } from '../../../streams/consul/first-answers.ts';
import { marbles } from '../../_support/property/marbles.ts';

const name = consulServiceName('default/dc1', 'shop');
const asked = { address: 'a', service: 'shop', datacenter: 'dc1', isTrusted: true };
const shop: Endpoints = { name, endpoints: [], from: [], asked };
const unusable: Endpoints = { name, endpoints: [], from: [] };

const asking = (one: Endpoints): Asking['translation'] => ({
  ir: { endpoints: from([[name, one]]) },
});

const publications: Readonly<Record<string, Asking>> = {
  w: { translation: asking(shop), store: { consul: empty() } },
  v: { translation: asking(shop), store: { consul: empty() } },
  a: { translation: asking(shop), store: { consul: from([[name, []]]) } },
  n: { translation: { ir: { endpoints: empty() } }, store: { consul: empty() } },
  u: { translation: asking(unusable), store: { consul: empty() } },
};

const passes = test.macro({
  exec(t, published: string, result: string) {
    marbles(({ cold, expectObservable }) => {
      const out$ = cold(published, publications).pipe(firstAnswers());
      expectObservable(out$).toBe(result, publications);
    })(t);
  },
  title: (title = '') => title,
});

test('where nothing is asked of Consul, all passes at once', passes, '-n-n-|', '-n-n-|');
test('nothing is waited for that cannot be asked', passes, '-u-w-|', '-u-w-|');
test('what comes before the answers is skipped', passes, '-w-v-a-w-|', '-----a-w-|');
test(
  'the newest passes when it has waited long enough, and then all at once',
  passes,
  `w-v ${longestStart}ms w|`,
  `${longestStart}ms v 2ms w|`,
);
test('what is held back passes before the end', passes, '-w-|', '---(w|)');
