import test from 'ava';
import { map, NEVER, type Observable } from 'rxjs';

import { from } from '../../../src/collection/collection.ts';
import type { Outcome } from '../../../src/consul/followed-service.ts';
import {
  consulServiceName,
  type ConsulQuery,
  type Endpoints,
  type EndpointsName,
} from '../../../src/ir/endpoints.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { ConsulEvent, Reported } from '../../../src/kube/kube-event.ts';
import { followConsul } from '../../../streams/consul/follow-consul.ts';
import { marbles } from '../../_support/property/marbles.ts';

const shop = consulServiceName('default/dc1', 'shop');
const pay = consulServiceName('default/dc1', 'pay');
const mirror = consulServiceName('edge/dc1', 'shop');

const query = (address: string, service: string): ConsulQuery => ({
  ...{ address, service, datacenter: 'dc1', isTrusted: true },
});

const endpointsOf = (
  ...asked: readonly (readonly [EndpointsName, ConsulQuery?])[]
): Ir['endpoints'] =>
  from(
    asked.map(([name, one]): readonly [EndpointsName, Endpoints] => [
      name,
      { name, endpoints: [], from: [], ...(one !== undefined && { asked: one }) },
    ]),
  );

const here = endpointsOf([shop, query('a', 'shop')], ['default/web:80']);
const elsewhere = endpointsOf([shop, query('b', 'shop')]);
const both = endpointsOf([shop, query('a', 'shop')], [pay, query('a', 'pay')]);
const twice = endpointsOf([shop, query('a', 'shop')], [mirror, query('a', 'shop')]);
const nowhere = endpointsOf([shop]);
const nothing = endpointsOf(['default/web:80']);

const answer = (port: number): Outcome => ({
  ...{ _tag: 'Answered', index: 1 },
  endpoints: [{ address: '10.0.0.1', port: port as Port }],
});
const outcomes = { a: answer(80), b: answer(81), x: { _tag: 'Failed', cause: 'no' } as Outcome };

const word = (event: ConsulEvent | Reported): string => {
  switch (event._tag) {
    case 'ConsulAnswered':
      return `${event.service} ${event.endpoints.map(({ port }) => port).join(' ')}`;
    case 'ConsulForgotten':
      return `forgot ${event.service}`;
    case 'Reported':
      return `${event.origin}: ${event.problems.length}`;
  }
};

/** Follows; the first question to each address and service is answered, all later ones wait. */
const told = (
  endpoints$: Observable<Ir['endpoints']>,
  answers: Readonly<Record<string, Observable<Outcome>>>,
): Observable<string> => {
  const isAsked = new Set<string>();
  return endpoints$.pipe(
    followConsul({
      ask: ({ query: { address, service }, index }) => {
        const question = `${address} ${service}`;
        if (index > 0 || isAsked.has(question)) return NEVER;
        isAsked.add(question);
        return answers[question] ?? NEVER;
      },
      random: () => 0,
    }),
    map((events) => events.map(word).join(', ')),
  );
};

test(
  'asks while somebody refers to a service, and forgets it then',
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const a$ = cold('--(a|)', outcomes);
    const endpoints$ = hot('-h-----n--', { h: here, n: nothing });
    expectObservable(told(endpoints$, { 'a shop': a$ }), '^---------!').toBe('---s---f--', {
      s: `${shop} 80`,
      f: `forgot ${shop}`,
    });
    expectSubscriptions(a$.subscriptions).toBe('-^-!');
  }),
);

test(
  'a question that nobody needs any more is ended; of what was not answered nothing is forgotten',
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const a$ = cold<Outcome>('---------');
    const endpoints$ = hot('-h---n', { h: here, n: nothing });
    expectObservable(told(endpoints$, { 'a shop': a$ }), '^-----!').toBe('------');
    expectSubscriptions(a$.subscriptions).toBe('-^---!');
  }),
);

test(
  'what was said stays until it is answered elsewhere',
  marbles(({ cold, hot, expectObservable }) => {
    const answers = { 'a shop': cold('(a|)', outcomes), 'b shop': cold('---(b|)', outcomes) };
    const endpoints$ = hot('-h---e-----', { h: here, e: elsewhere });
    expectObservable(told(endpoints$, answers), '^----------!').toBe('-s------t--', {
      s: `${shop} 80`,
      t: `${shop} 81`,
    });
  }),
);

test(
  'what is wrong there is said, and is over with the reference; then all is forgotten',
  marbles(({ cold, hot, expectObservable }) => {
    const answers = { 'a shop': cold('(a|)', outcomes), 'b shop': cold('--(x|)', outcomes) };
    const endpoints$ = hot('-h---e----n', { h: here, e: elsewhere, n: nothing });
    expectObservable(told(endpoints$, answers), '^----------!').toBe('-s-----x--f', {
      s: `${shop} 80`,
      x: 'Consul default/dc1/shop: 1',
      f: `forgot ${shop}, Consul default/dc1/shop: 0`,
    });
  }),
);

test(
  'a resolver that has nobody to ask is as one that is gone',
  marbles(({ cold, hot, expectObservable }) => {
    const endpoints$ = hot('-h---e----', { h: here, e: nowhere });
    expectObservable(told(endpoints$, { 'a shop': cold('(a|)', outcomes) }), '^---------!').toBe(
      '-s---f----',
      { s: `${shop} 80`, f: `forgot ${shop}` },
    );
  }),
);

test(
  'each service is followed by itself, and one that stays is not asked again',
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const a$ = cold('(a|)', outcomes);
    const answers = { 'a shop': a$, 'a pay': cold('--(b|)', outcomes) };
    const endpoints$ = hot('-h---b----', { h: here, b: both });
    expectObservable(told(endpoints$, answers), '^---------!').toBe('-s-----p--', {
      s: `${shop} 80`,
      p: `${pay} 81`,
    });
    expectSubscriptions(a$.subscriptions).toBe('-(^!)');
  }),
);

test(
  'two resolvers that ask the same share one question, and both are told',
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const a$ = cold('--(a|)', outcomes);
    const endpoints$ = hot('-t--------', { t: twice });
    expectObservable(told(endpoints$, { 'a shop': a$ }), '^---------!').toBe('---(st)---', {
      s: `${shop} 80`,
      t: `${mirror} 80`,
    });
    expectSubscriptions(a$.subscriptions).toBe('-^-!');
  }),
);

test(
  'an error passes, and nothing is asked any more',
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const a$ = cold<Outcome>('---------');
    const endpoints$ = hot('-h---#', { h: here });
    expectObservable(told(endpoints$, { 'a shop': a$ })).toBe('-----#');
    expectSubscriptions(a$.subscriptions).toBe('-^---!');
  }),
);
