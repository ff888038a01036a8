import { createServer } from 'node:http';

import test from 'ava';

import { onlyTo } from '../../../src/ir/backend.ts';
import { errorPagesFilter, type ErrorPage } from '../../../src/ir/filter/error-pages.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { Route } from '../../../src/ir/route.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  aChain,
  aClusterAt,
  aForward,
  aListener,
  anIr,
  aRoute,
  aVirtualHost,
  requestsOf,
} from '../../_support/world/an-ir.ts';

const backend = await listening(
  createServer(({ url = '' }, response) =>
    response.writeHead(Number(url.slice(-3)), { 'x-backend': 'shop' }).end('of the backend'),
  ),
);
const envoy = await anIrInEnvoy();
const port = (await freePort()) as Port;
test.after.always(async () => {
  await Promise.all([envoy.stop(), backend.close()]);
});

const pages: readonly ErrorPage[] = [
  {
    status: 404,
    body: { _tag: 'Text', text: '<p>\n%PROTOCOL%: 100 %% gone' },
    contentType: 'text/html',
  },
  {
    status: 503,
    body: { _tag: 'Json', fields: { path: '%REQ(:PATH)%', status: '%RESPONSE_CODE%' } },
  },
  { status: 404, body: { _tag: 'Text', text: 'never' } },
];

const at = (value: string, fields: Partial<Route>): Route =>
  aRoute({
    match: { ...aRoute().match, path: { _tag: 'Prefix', value, caseSensitive: true } },
    responseHeaders: { add: [{ name: 'x-route', value: 'route', append: false }], remove: [] },
    ...fields,
  });

const own = [{ filter: errorPagesFilter, settings: { _tag: 'ErrorPages', pages } }] as const;

/** With so many hosts the table is cut. */
const crowd = Array.from({ length: 300 }, (_, i) => aVirtualHost(`h${i}.example`, aRoute()));

test.before(async (t) => {
  const { refused } = await envoy.serve(
    anIr({
      listeners: [aListener({ port })],
      filterChains: [aChain({ carries: requestsOf('web', {}, [errorPagesFilter]) })],
      filters: [[errorPagesFilter, { _tag: 'ErrorPages', from: [] }]],
      virtualHosts: [
        aVirtualHost(
          'a.example',
          at('/pages/', { filters: own }),
          at('/nobody/', { filters: own, action: aForward({ backends: onlyTo('nobody') }) }),
          at('/', {}),
        ),
        ...crowd,
      ],
      clusters: [aClusterAt('shop', backend.port), aClusterAt('nobody', 1)],
    }),
  );
  t.deepEqual(refused, []);
});

const answers = test.macro<[path: string, status: number, type: string | undefined, body: string]>({
  async exec(t, path, status, type, body) {
    const answer = await ask({ port, path, host: 'a.example' });
    t.deepEqual([answer.status, answer.headers['content-type'], answer.body], [status, type, body]);
    t.is(answer.headers['x-route'], 'route');
  },
  title: (name = '') => `error pages: ${name}`,
});

test(
  'an answer of the upstream is replaced by the first page for its status',
  answers,
  '/pages/404',
  404,
  'text/html',
  '<p>\nHTTP/1.1: 100 % gone',
);
test(
  'a page can be an object',
  answers,
  '/pages/503',
  503,
  'application/json',
  '{"path":"/pages/503","status":503}\n',
);
test(
  'an answer of Envoy itself is replaced, too',
  answers,
  '/nobody/x',
  503,
  'application/json',
  '{"path":"/nobody/x","status":503}\n',
);
test('another status is kept', answers, '/pages/200', 200, undefined, 'of the backend');
test('a route without pages keeps its errors', answers, '/404', 404, undefined, 'of the backend');
