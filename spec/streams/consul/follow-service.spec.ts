import test from 'ava';
import { map, NEVER, throwError, type Observable } from 'rxjs';

import type { FollowedService, Outcome } from '../../../src/consul/followed-service.ts';
import type { Port } from '../../../src/ir/port.ts';
import { followService, type ConsulQuestion } from '../../../streams/consul/follow-service.ts';
import { marbles } from '../../_support/property/marbles.ts';

const query = { address: 'consul:8500', service: 'shop', isTrusted: true };

const answer = (index: number, ...ports: number[]): Outcome => ({
  _tag: 'Answered',
  index,
  endpoints: ports.map((port) => ({ address: '10.0.0.1', port: port as Port })),
});

const outcomes = {
  a: answer(5, 80),
  b: answer(6, 81),
  s: answer(7, 81),
  l: answer(2, 82),
  x: { _tag: 'Failed', cause: 'it answered 500' } satisfies Outcome,
};

/** What is known, as text: the ports, and what is wrong. */
const said = ({ endpoints, trouble }: FollowedService): string =>
  [endpoints?.map(({ port }) => port).join(' ') ?? '?', trouble?.cause].filter(Boolean).join('; ');

/** Follows, with one answer after the other; notes the index of each question. */
const following = (answers: readonly Observable<Outcome>[], indexes: number[] = []) =>
  followService(query, {
    ask: ({ index }: ConsulQuestion) => answers[indexes.push(index) - 1] ?? NEVER,
    random: () => 0.5,
    waitSeconds: 16,
  }).pipe(map(said));

test(
  'asks again a tenth of a second after each answer, and says what changes',
  marbles(({ cold, expectObservable, flush }, _) => {
    const indexes: number[] = [];
    const all = ['--(a|)', '---(b|)', '-(s|)', '-(l|)'].map((one) => cold(one, outcomes));
    expectObservable(following(all, indexes), '^ 600ms !').toBe('--a 102ms b 200ms 1ms l', {
      a: '80',
      b: '81',
      l: '82',
    });
    flush();
    if (indexes.join(' ') !== '0 5 6 7 0') throw new Error(`asked ${indexes.join(' ')}`);
  }),
);

test(
  'keeps what is known while Consul fails, and says what is wrong until it answers',
  marbles(({ cold, expectObservable }) => {
    const all = ['(a|)', '(x|)', '(x|)', '(s|)'].map((one) => cold(one, outcomes));
    // After one failure it waits for 100 + 0.5 · 500 ms, after two for 100 + 0.5 · 1000 ms.
    expectObservable(following(all), '^ 2000ms !').toBe('a 99ms x 949ms s', {
      a: '80',
      x: '80; it answered 500',
      s: '81',
    });
  }),
);

test(
  'a question that hangs has failed some time after Consul should have answered',
  marbles(({ expectObservable }) => {
    // 16 s, a sixteenth of them, and 10 s more.
    expectObservable(following([NEVER]), '^ 30s !').toBe('27s x', {
      x: '?; no answer within 27 s',
    });
  }),
);

test(
  'a port that throws has failed',
  marbles(({ expectObservable }) => {
    const broken = throwError(() => new Error('no such host'));
    expectObservable(following([broken]), '^ 100ms !').toBe('x', { x: '?; Error: no such host' });
  }),
);

test(
  'asks nothing before it is subscribed, and ends the question when it is not any more',
  marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const asked$ = cold<Outcome>('----------');
    expectObservable(following([asked$]), '--^---!').toBe('');
    expectSubscriptions(asked$.subscriptions).toBe('--^---!');
  }),
);
