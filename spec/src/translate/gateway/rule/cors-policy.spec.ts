import test from 'ava';

import {
  problemsOf,
  routesOf,
  rulesOf,
  showAction,
} from '../../../../_support/gateway/compiled-rules.ts';
import { aService } from '../../../../_support/world/builders.ts';
import { anHttpRoute, toWeb } from '../../../../_support/world/gateway-api/builders.ts';

const withCors = (cors: object, rule: object = toWeb) =>
  rulesOf([
    aService('default/web'),
    anHttpRoute('default/r', { rules: [{ ...rule, filters: [{ type: 'CORS', cors }] }] }),
  ]);

const policyOf = (cors: object) => routesOf(withCors(cors))[0]?.filters?.[0]?.settings;

test('browsers are told what the filter says', (t) => {
  t.deepEqual(
    policyOf({
      allowOrigins: ['*'],
      allowMethods: ['GET', 'PUT'],
      allowHeaders: ['x-a'],
      exposeHeaders: ['x-b'],
      allowCredentials: false,
      maxAge: 60,
    }),
    {
      _tag: 'Cors',
      origins: ['*'],
      methods: ['GET', 'PUT'],
      headers: ['x-a'],
      exposedHeaders: ['x-b'],
      maxAge: '60',
      answersAllPreflights: true,
    },
  );
});

test('browsers keep an answer for five seconds unless the filter says otherwise', (t) => {
  t.like(policyOf({}), { maxAge: '5' });
});

test('the usual port of an origin may be written or not', (t) => {
  t.like(
    policyOf({
      allowOrigins: ['https://a.example', 'http://a.example:80', 'https://a.example:80'],
    }),
    {
      origins: [
        'https://a.example',
        'https://a.example:443',
        'http://a.example',
        'http://a.example:80',
        'https://a.example:80',
      ],
    },
  );
});

test('a star in an origin stands for any part of the host', (t) => {
  t.like(policyOf({ allowOrigins: ['https://*.a.example:8443'] }), {
    origins: [],
    originPatterns: [String.raw`https://[\w.-]*\.a\.example:8443`],
  });
});

test('with credentials a star exposes no header', (t) => {
  t.like(policyOf({ allowCredentials: true, exposeHeaders: ['*', 'x-a'] }), {
    credentials: true,
    exposedHeaders: ['x-a'],
  });
});

test('browsers are answered also where all backends fail', (t) => {
  const [first] = routesOf(withCors({}, { backendRefs: [{ name: 'nowhere', port: 80 }] }));
  t.is(first && showAction(first), 'fails 500 1');
  t.is(first?.filters?.length, 1);
});

for (const origin of [
  'a.example',
  'ftp://a.example',
  'https://a.example/',
  `https://*${'a'.repeat(240)}`,
])
  test(`an origin that cannot be compared is refused: ${origin.slice(0, 30)}`, (t) => {
    const rules = withCors({ allowOrigins: [origin] });
    t.like(rules.accepted, { status: 'False', reason: 'UnsupportedValue' });
    t.regex(
      problemsOf(rules).join('; '),
      /spec\.rules\[0\]\.filters\[0\]\.cors\.allowOrigins\[0\]: /,
    );
  });

test('each share of the requests can have a policy of its own', (t) => {
  const [first] = routesOf(
    rulesOf([
      aService('default/web'),
      anHttpRoute('default/r', {
        rules: [
          {
            backendRefs: [
              { name: 'web', port: 80, filters: [{ type: 'CORS', cors: { maxAge: 9 } }] },
              { name: 'web', port: 80 },
            ],
          },
        ],
      }),
    ]),
  );
  t.like(first?.action, {
    backends: [{ filters: [{ settings: { maxAge: '9' } }] }, { _tag: 'Cluster' }],
  });
});
