import test from 'ava';
import { delay, filter, map, of, type Observable } from 'rxjs';

import { decode } from '../../../src/kube/decode.ts';
import { ambassadorIdOf } from '../../../src/kube/emissary/ambassador-id.ts';
import type { KubeEvent } from '../../../src/kube/kube-event.ts';
import type { Notice } from '../../../src/kube/reference/notice.ts';
import {
  fetchedKinds,
  referenceParts,
  referringKinds,
  type Reference,
} from '../../../src/kube/reference/reference.ts';
import type { Reading } from '../../../src/kube/reference/referenced-objects.ts';
import { referencedObjects } from '../../../streams/reflect/referenced-objects.ts';
import { marbles } from '../../_support/property/marbles.ts';
import { aHost } from '../../_support/world/builders.ts';
import {
  applied,
  changed,
  gone,
  host,
  hosts,
  noticed,
  vanished,
} from '../../_support/world/hosts-and-secrets.ts';

/** An API server with these Secrets; a version of `!` cannot be read. Each read takes 2 ms. */
const reading =
  (held: Readonly<Record<string, string>>, asked: string[] = []) =>
  (object: Reference): Observable<Reading> => {
    const [, key] = referenceParts(object);
    const name = key.slice('default/'.length);
    asked.push(name);
    const version = held[name];
    const answer: Reading =
      version === undefined
        ? { _tag: 'Absent', object }
        : version === '!'
          ? { _tag: 'Unreadable', object, reason: 'no answer' }
          : { _tag: 'Read', object, version, item: { key, problems: [] } };
    return of(answer).pipe(delay(2));
  };

const secrets =
  (held: Readonly<Record<string, string>>, asked?: string[]) =>
  (news$: Observable<readonly (KubeEvent | Notice)[]>): Observable<string> =>
    news$.pipe(
      alone({
        read: reading(held, asked),
        isOurs: (_, object) => ambassadorIdOf(object) === undefined,
        always: 'Secret default/fallback',
      }),
    );

/** What passes of Hosts, Secrets and what refers to nothing, where there is nothing of other kinds. */
const alone =
  (options: Parameters<typeof referencedObjects>[0]) =>
  (news$: Observable<readonly (KubeEvent | Notice)[]>): Observable<string> =>
    news$.pipe(
      map((news, i) => (i === 0 ? [...nothingOfOthers, ...news] : news)),
      referencedObjects(options),
      map((events) => events.filter(isShown).map(shown).join(' ')),
      filter((text) => text !== ''),
    );

/** Of the other kinds that refer to objects, or are read because of that, there is nothing. */
const [referring, fetched] = [
  referringKinds.filter((kind) => kind !== 'Host'),
  fetchedKinds.filter((kind) => kind !== 'Secret'),
];
const nothingOfOthers: readonly (KubeEvent | Notice)[] = [
  ...referring.map((kind): KubeEvent => ({ _tag: 'Listed', kind, items: [] })),
  ...fetched.map((kind): Notice => ({ _tag: 'AllNoticed', kind, versions: new Map() })),
];

const isShown = (event: KubeEvent): boolean =>
  event._tag === 'Reported' || ![...referring, ...fetched].includes(event.kind);

const shown = (event: KubeEvent): string => {
  switch (event._tag) {
    case 'Listed':
      return `${event.kind}=[${event.items
        .map(({ key }) => key.slice(8))
        .sort()
        .join(',')}]`;
    case 'Applied':
      return `${event.kind}+${event.item.key.slice(8)}${event.item.problems.length > 0 ? '!' : ''}`;
    case 'Deleted':
      return `${event.kind}-${event.key.slice(8)}`;
    case 'Reported':
      return event.origin;
  }
};

test(
  'lists the Secrets once all Hosts and all names are known, before the Hosts that need them',
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const asked: string[] = [];
    const news$ = hot(' n--h-----|', {
      n: [noticed({ a: '1', b: '1', unused: '1' })],
      h: [hosts(host('x', 'a'), host('y', 'b'), host('z'))],
    });
    const subs = '      ^--------!';
    const expected = '  -----x---|';

    expectObservable(news$.pipe(secrets({ a: '1', b: '1', unused: '1' }, asked))).toBe(expected, {
      x: 'Secret=[a,b] Host=[x,y,z]',
    });
    expectSubscriptions(news$.subscriptions).toBe(subs);
  }),
);

test('never reads a Secret that nobody refers to', (t) => {
  const asked: string[] = [];
  marbles(({ hot, expectObservable }) => {
    const news$ = hot('n-h---u-|', {
      n: [noticed({ a: '1', unused: '1' })],
      h: [hosts(host('x', 'a'))],
      u: [changed('unused', '2')],
    });
    expectObservable(news$.pipe(secrets({ a: '1', unused: '2' }, asked))).toBe('----x---|', {
      x: 'Secret=[a] Host=[x]',
    });
  })(t);
  t.deepEqual(asked, ['fallback', 'a']);
});

test(
  'lets a Host pass together with a Secret that it is the first to name, and what follows after it',
  marbles(({ hot, expectObservable }) => {
    const news$ = hot('    (nh)--abc------|', {
      n: [noticed({})],
      h: [hosts()],
      a: [applied(host('x', 'a'))],
      b: [applied(host('y'))],
      c: [gone('x')],
    });
    const expected = '     --l-----(xyz)--|';

    expectObservable(news$.pipe(secrets({ a: '1' }))).toBe(expected, {
      l: 'Secret=[] Host=[]',
      x: 'Secret+a Host+x',
      y: 'Host+y',
      z: 'Host-x Secret-a',
    });
  }),
);

test(
  'reads a Secret again when it changed, and forgets it when it is gone',
  marbles(({ hot, expectObservable }) => {
    const news$ = hot(' (nh)---a---b--c--d-|', {
      n: [noticed({ a: '1' })],
      h: [hosts(host('x', 'a'))],
      a: [changed('a', '1')],
      b: [changed('a', '2')],
      c: [vanished('a')],
      d: [vanished('a')],
    });
    const expected = '  --l----------xy----|';

    expectObservable(news$.pipe(secrets({ a: '1' }))).toBe(expected, {
      l: 'Secret=[a] Host=[x]',
      x: 'Secret+a',
      y: 'Secret-a',
    });
  }),
);

test(
  'learns from a new list of names what changed and what is gone in between',
  marbles(({ hot, expectObservable }) => {
    const news$ = hot(' (nh)---r-----|', {
      n: [noticed({ a: '1', b: '1', c: '1' })],
      h: [hosts(host('x', 'a'), host('y', 'b'), host('z', 'c'))],
      r: [noticed({ a: '1', b: '2', d: '1' })],
    });
    const expected = '  --l------x---|';

    expectObservable(news$.pipe(secrets({ a: '1', b: '1', c: '1' }))).toBe(expected, {
      l: 'Secret=[a,b,c] Host=[x,y,z]',
      x: 'Secret+b Secret-c',
    });
  }),
);

test(
  'reports what cannot be read, lets its Host pass, and tries again ever more rarely',
  marbles(({ hot, expectObservable }) => {
    const news$ = hot(' (nh) 40s |', { n: [noticed({ a: '1' })], h: [hosts(host('x', 'a'))] });
    const expected = '  --l 999ms r 1999ms r 3999ms r 7999ms r 15999ms r 9001ms |';

    expectObservable(news$.pipe(secrets({ a: '!' }))).toBe(expected, {
      l: 'Secret=[a] Host=[x]',
      r: 'Secret+a!',
    });
  }),
);

test(
  'news of Hosts do not wait for what is tried again',
  marbles(({ hot, expectObservable }) => {
    let reads = 0;
    const held = { version: '1', item: { key: 'default/a', problems: [] } } as const;
    const slowly = (object: Reference): Observable<Reading> => {
      const first: Reading = { _tag: 'Unreadable', object, reason: 'no answer' };
      reads += 1;
      return object.endsWith('fallback')
        ? of({ _tag: 'Absent', object })
        : reads <= 2
          ? of(first)
          : of<Reading>({ _tag: 'Read', object, ...held }).pipe(delay(500));
    };
    const news$ = hot('l 1099ms a 1099ms |', {
      l: [noticed({ a: '1' }), hosts(host('x', 'a'))],
      a: [applied(host('y'))],
    });
    const expected = ' l 1099ms y 399ms r 699ms |';

    expectObservable(
      news$.pipe(alone({ read: slowly, isOurs: () => true, always: 'Secret default/fallback' })),
    ).toBe(expected, { l: 'Secret=[a] Host=[x]', y: 'Host+y', r: 'Secret+a' });
  }),
);

test(
  'reads no Secret for the Host of another installation',
  marbles(({ hot, expectObservable }) => {
    const foreign = decode(
      aHost('default/x', { hostname: 'x', ambassador_id: ['other'], tlsSecret: { name: 'a' } }),
    );
    const items = foreign._tag === 'Decoded' ? [foreign.item] : [];
    const news$ = hot('(nh)-|', { n: [noticed({ a: '1' })], h: [hosts(...items)] });

    expectObservable(news$.pipe(secrets({ a: '1' }))).toBe('--l--|', { l: 'Secret=[] Host=[x]' });
  }),
);

test(
  'passes everything else at once, and errors',
  marbles(({ hot, expectObservable }) => {
    const listed: KubeEvent = { _tag: 'Listed', kind: 'Mapping', items: [] };
    const news$ = hot('-m-#', { m: [listed] });

    expectObservable(news$.pipe(secrets({}))).toBe('-m-#', { m: 'Mapping=[]' });
  }),
);
