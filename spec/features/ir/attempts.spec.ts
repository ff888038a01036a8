import { createServer } from 'node:http';

import test from 'ava';

import type { Forward, Route } from '../../../src/ir/route.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { routesInEnvoy } from '../../_support/envoy/routes-in-envoy.ts';
import { aForward, aRoute } from '../../_support/world/an-ir.ts';

const asked = new Map<string, number>();

/**
 * Answers the first request for `/409/…` with 409, and with 200 from then on; does not answer the first
 * one for `/silent/…`, nor any for `/mute/…`; answers all for `/always/…` with 500.
 */
const backend = await listening(
  createServer(({ url = '' }, response) => {
    const times = (asked.get(url) ?? 0) + 1;
    asked.set(url, times);
    const [, first] = url.split('/');
    if (first === 'mute' || (first === 'silent' && times === 1)) return;
    if (first === 'always') return void response.writeHead(500).end();
    response.writeHead(times === 1 ? Number(first) : 200).end();
  }),
);

const at = (suffix: string, fields: Partial<Forward>): Route =>
  aRoute({
    match: { ...aRoute().match, path: { _tag: 'Regex', value: `.*/${suffix}` } },
    action: aForward({ timeout: 0, ...fields }),
  });

const envoy = await routesInEnvoy(
  [
    at('codes', { retry: { on: [], statusCodes: [409, 418], backOff: { base: 1, max: 2 } } }),
    at('codes-or-5xx', { retry: { on: ['5xx'], statusCodes: [409] } }),
    at('again', { backendTimeout: 100, retry: { on: ['5xx'], statusCodes: [], retries: 100 } }),
    at('thrice', { retry: { on: [], statusCodes: [500], retries: 2, backOff: { base: 1 } } }),
    // Long enough for the attempt that is answered, on a machine that has much else to do.
    at('reset', {
      timeout: 0,
      backendTimeout: 2_000,
      retry: { on: ['reset'], statusCodes: [500], retries: 1, backOff: { base: 1 } },
    }),
    at('all-too-long', {
      timeout: 1_000,
      backendTimeout: 100,
      retry: { on: ['reset'], statusCodes: [], retries: 1_000, backOff: { base: 1, max: 10 } },
    }),
    at('once', { backendTimeout: 100 }),
    at('quick', { timeout: 100, backendTimeout: 60_000 }),
  ],
  { shop: backend.port },
);
test.after.always(async () => {
  await Promise.all([envoy.stop(), backend.close()]);
});

// One after the other: a cluster allows three retries at a time.
const attempts = test.macro(async (t, path: string, status: number, expected: number) => {
  t.is((await envoy.ask({ path })).status, status);
  t.is(asked.get(path), expected);
});

test.serial(
  'a request is tried again after the statuses that are named',
  attempts,
  '/409/codes',
  200,
  2,
);
test.serial('each status that is named counts', attempts, '/418/codes', 200, 2);
test.serial('no other status leads to another attempt', attempts, '/503/codes', 503, 1);
test.serial('conditions count beside statuses', attempts, '/503/codes-or-5xx', 200, 2);
test.serial('statuses count beside conditions', attempts, '/409/codes-or-5xx', 200, 2);
test.serial(
  'there are as many attempts as retries, and the first',
  attempts,
  '/always/thrice',
  500,
  3,
);
test.serial('the last answer is that of the last attempt', async (t) => {
  t.is((await envoy.ask({ path: '/silent/reset' })).status, 200);
  t.is((await envoy.ask({ path: '/mute/reset' })).status, 504);
  t.is(asked.get('/mute/reset'), 2);
});
test.serial('all attempts together may not take longer than the request', async (t) => {
  t.is((await envoy.ask({ path: '/mute/all-too-long' })).status, 504);
  t.true((asked.get('/mute/all-too-long') ?? 0) > 1);
});
test.serial('an attempt that takes too long is followed by another', async (t) => {
  t.is((await envoy.ask({ path: '/silent/again' })).status, 200);
  t.true((asked.get('/silent/again') ?? 0) > 1);
});

// An attempt may be over before the backend hears of it.
const givenUp = test.macro(async (t, path: string) => {
  t.is((await envoy.ask({ path })).status, 504);
  t.true((asked.get(path) ?? 0) < 2);
});

test.serial('the only attempt may take too long as well', givenUp, '/silent/once');
test.serial('the time for the whole request ends an attempt', givenUp, '/silent/quick');
