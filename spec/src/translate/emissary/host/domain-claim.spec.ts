import test from 'ava';

import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  translated,
  virtualHosts,
  type Manifest,
} from '../../../../_support/world/builders.ts';

/** Which Mappings each domain routes by, and which Host it belongs to. */
const serves = test.macro({
  exec(t, objects: readonly Manifest[], expected: Readonly<Record<string, string>>) {
    const translation = translated(aListener(), ...objects);
    t.deepEqual(
      Object.fromEntries(
        virtualHosts(translation.ir).map(({ domain, from, routes }) => [
          domain,
          [...from, ...routes.flatMap((route) => route.from)]
            .map((ref) => ref.split('/')[1])
            .join(' '),
        ]),
      ),
      expected,
    );
  },
  title: (name = '') => `domains: ${name}`,
});

const blue = { mappingSelector: { matchLabels: { team: 'blue' } } };

test(
  'a hostname inside a wildcard Host has a domain of its own',
  serves,
  [
    aHost('default/wild', { hostname: '*.example' }),
    aMapping('default/shop', { hostname: 'shop.example' }),
  ],
  { '*.example': 'wild', 'shop.example': 'wild shop' },
);

test(
  'what is for all of a Host is for each of its domains',
  serves,
  [
    aHost('default/wild', { hostname: '*.example' }),
    aMapping('default/all', { hostname: '*' }),
    aMapping('default/host', { hostname: '*.example', prefix: '/host/' }),
    aMapping('default/shop', { hostname: 'shop.example', prefix: '/shop/' }),
  ],
  { '*.example': 'wild host all', 'shop.example': 'wild shop host all' },
);

test(
  'a narrower pattern has a domain too, and the names in it their own',
  serves,
  [
    aHost('default/wild', { hostname: '*' }),
    aMapping('default/b', { hostname: '*.b.example' }),
    aMapping('default/a', { hostname: 'a.b.example', prefix: '/a/' }),
  ],
  { '*': 'wild', '*.b.example': 'wild b', 'a.b.example': 'wild a b' },
);

test(
  'the most specific Host around a name owns it',
  serves,
  [
    aHost('default/wild', { hostname: '*' }),
    aHost('default/example', { hostname: '*.example' }),
    aMapping('default/shop', { hostname: 'shop.example' }),
  ],
  { '*': 'wild', '*.example': 'example', 'shop.example': 'example shop' },
);

test(
  'an owner that does not take the Mapping keeps others from serving the name',
  serves,
  [
    aHost('default/wild', { hostname: '*' }),
    aHost('default/example', { hostname: '*.example', ...blue }),
    aMapping('default/shop', { hostname: 'shop.example' }),
  ],
  { '*': 'wild', '*.example': 'example' },
);

test(
  'a Host of that very name takes the place of a wider one',
  serves,
  [
    aHost('default/wild', { hostname: '*.example' }),
    aHost('default/shop-host', { hostname: 'shop.example' }),
    aMapping('default/shop', { hostname: 'shop.example' }),
  ],
  { '*.example': 'wild', 'shop.example': 'shop-host shop' },
);

test(
  'a Host of that very name that does not take the Mapping answers nothing',
  serves,
  [
    aHost('default/wild', { hostname: '*.example' }),
    aHost('default/shop-host', { hostname: 'shop.example', ...blue }),
    aMapping('default/shop', { hostname: 'shop.example' }),
  ],
  { '*.example': 'wild', 'shop.example': 'shop-host' },
);

test(
  'a selector holds for the names inside a Host',
  serves,
  [
    aHost('default/wild', { hostname: '*.example', ...blue }),
    aMapping('default/in', { hostname: 'shop.example' }, { team: 'blue' }),
    aMapping('default/out', { hostname: 'shop.example', prefix: '/out/' }, { team: 'red' }),
    aMapping('default/label', { hostname: undefined, prefix: '/label/' }, { team: 'blue' }),
  ],
  { '*.example': 'wild label', 'shop.example': 'wild label in' },
);

test(
  'host and a header :authority name a host as hostname does',
  serves,
  [
    aHost('default/wild', { hostname: '*.example' }),
    aMapping('default/a', { hostname: undefined, host: 'a.example' }),
    aMapping('default/b', { hostname: undefined, headers: { ':authority': 'b.example' } }),
  ],
  { '*.example': 'wild', 'a.example': 'wild a', 'b.example': 'wild b' },
);

test(
  'a hostname is found whatever its case and port',
  serves,
  [
    aHost('default/wild', { hostname: '*.EXAMPLE' }),
    aMapping('default/a', { hostname: 'A.example:8080' }),
  ],
  { '*.example': 'wild', 'a.example': 'wild a' },
);

test('patterns that cross share the names that match both, by a matcher', (t) => {
  const translation = translated(
    aListener(),
    aHost('default/wild', { hostname: '*.example' }),
    aMapping('default/shop', { hostname: 'shop.*' }),
  );
  t.deepEqual(
    virtualHosts(translation.ir).map(({ domain, routes }) => [domain, routes[0]?.match.headers]),
    [['*.example', [{ name: ':authority', match: { _tag: 'Prefix', value: 'shop.' } }]]],
  );
  t.deepEqual(problemLines(translation), []);
});

test('a suffix that crosses a Host is matched whatever the port', (t) => {
  const translation = translated(
    aListener(),
    aHost('default/wild', { hostname: 'shop.*' }),
    aMapping('default/shop', { hostname: '*.example' }),
  );
  t.deepEqual(
    virtualHosts(translation.ir).map(({ domain, routes }) => [domain, routes[0]?.match.headers]),
    [
      [
        'shop.*',
        [{ name: ':authority', match: { _tag: 'Regex', value: '.+\\.example(:[0-9]+)?' } }],
      ],
    ],
  );
});

test('host_regex is asked of every domain of every Host that takes the Mapping', (t) => {
  const translation = translated(
    aListener(),
    aHost('default/a', { hostname: 'a.example' }),
    aHost('default/b', { hostname: '*.b.example', ...blue }),
    aMapping('default/any', { hostname: undefined, host: '[ab]\\..*', host_regex: true }),
  );
  t.deepEqual(
    virtualHosts(translation.ir).map(({ domain, routes }) => [
      domain,
      routes.map(({ match }) => match.headers),
    ]),
    [
      ['*.b.example', []],
      [
        'a.example',
        [[{ name: ':authority', match: { _tag: 'Regex', value: '(?i:[ab]\\..*)(?::[0-9]+)?' } }]],
      ],
    ],
  );
});

test('a Mapping that no Host takes says so', (t) => {
  t.deepEqual(
    problemLines(
      translated(
        aListener(),
        aHost('default/a', { hostname: 'a.example' }),
        aMapping('default/b', { hostname: 'b.example' }),
        aMapping('default/none', { hostname: undefined }),
      ),
    ),
    [
      'Mapping default/b: no Host takes this Mapping; expected one by hostname or mappingSelector that takes Mappings of namespace default',
      'Mapping default/none: spec.hostname: no Host takes this Mapping; its hostname is missing; expected it, or a Host with a mappingSelector for its labels that takes Mappings of namespace default',
    ],
  );
});
