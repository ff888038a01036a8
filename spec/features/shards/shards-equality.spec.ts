// The long run, 100,000 requests: HEADGATE_LONG=1 npx ava spec/features/shards/shards-equality.spec.ts
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { isDeepStrictEqual } from 'node:util';

import test, { type ExecutionContext } from 'ava';
import * as fc from 'fast-check';

import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { anyRawRequest } from '../../_support/envoy/any-raw-request.ts';
import { rawConnection } from '../../_support/envoy/raw-connection.ts';
import { startTellingBackend } from '../../_support/envoy/telling-backend.ts';
import { anyManifests, someHost } from '../../_support/world/any-manifests.ts';
import { crowd } from '../../_support/world/crowd.ts';
import { listener } from '../../_support/world/routing-manifests.ts';

const isLong = process.env['HEADGATE_LONG'] !== undefined;
const configurations = isLong ? 40 : 3;
const requests = isLong ? 2_600 : 700;

const [a, b] = [await startTellingBackend('a'), await startTellingBackend('b')];
const whole = await aGateway(({ http }) => listener('http', http));
const cut = await aGateway(({ http }) => listener('http', http) + crowd(300));
test.after.always(async () => {
  await Promise.all([whole.stop(), cut.stop(), a.close(), b.close()]);
});

/** What a gateway answers, and what its backend was asked; what fails is an answer as well. */
const heard = async (
  { ports }: Gateway,
  texts: readonly string[],
): Promise<readonly (readonly string[])[]> => {
  const answers: (readonly string[])[] = [];
  const left = texts.entries();
  const converse = async (): Promise<void> => {
    const connection = rawConnection(ports.http);
    for (const [i, text] of left) {
      const { status, headers, body } = await connection.ask(text);
      answers[i] = [status, ...headers, body].map((said) => said.replaceAll(`:${ports.http}`, ''));
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: 6 }, converse));
  return answers;
};

const isCut = async ({ envoy }: Gateway): Promise<boolean> =>
  JSON.stringify(await envoy.configDump('?resource=dynamic_scoped_route_configs')).includes('#');

/**
 * Envoy looks at upgrades first: where a table is cut, before the route is known. The one difference there
 * is: an upgrade that is refused is refused with 403, be it that there is no route, and without the
 * headers that the route adds to answers.
 */
const isRefused = (text: string, one: readonly string[] = [], other: readonly string[] = []) =>
  /^connection:.*upgrade/im.test(text) &&
  (one.includes('grpc-status: 7') || one.includes('grpc-status: 12')
    ? other.includes('grpc-status: 7')
    : /40[34]/.test(one[0] ?? '') && other[0] === 'HTTP/1.1 403 Forbidden');

const compared = (
  t: ExecutionContext,
  asked: readonly string[],
  one: readonly (readonly string[])[],
  other: readonly (readonly string[])[],
): void => {
  const differences = asked.flatMap((request, i) =>
    isDeepStrictEqual(one[i], other[i]) || isRefused(request, one[i], other[i])
      ? []
      : [{ request, whole: one[i], cut: other[i] }],
  );
  t.deepEqual(differences.slice(0, 5), [], `${differences.length} of ${asked.length}`);
};

test.serial('a table that is cut answers every request as a whole one does', async (t) => {
  t.timeout(isLong ? 1_200_000 : 600_000);
  const seeds = Array.from({ length: configurations }, (_, i) => i + 1);
  const statuses: Record<string, number> = {};
  for (const seed of seeds) {
    const [manifests = ''] = fc.sample(anyManifests(a.port, b.port), { seed, numRuns: 1 });
    await Promise.all([whole, cut].map(async (one) => await one.apply('any.yaml', manifests)));
    const asked = fc.sample(anyRawRequest, { seed, numRuns: requests });
    const [expected, actual] = [await heard(whole, asked), await heard(cut, asked)];
    compared(t, asked, expected, actual);
    for (const [status = ''] of expected) statuses[status] = (statuses[status] ?? 0) + 1;
  }
  t.false(await isCut(whole));
  t.true(await isCut(cut));
  t.log(statuses);
  for (const status of ['200 OK', '301', '403', '404', '101', '400'])
    t.true(
      Object.keys(statuses).some((line) => line.includes(status)),
      status,
    );
});

const overHttp2 = async (session: ClientHttp2Session, host: string): Promise<string> =>
  await new Promise((resolve) => {
    const stream = session.request({
      ':authority': host,
      ':path': '/a/',
      'content-type': 'application/grpc',
      te: 'trailers',
      'x-headgate-shard': 'listener-1/cleartext',
    });
    let body = '';
    let head = {};
    stream.setEncoding('utf8');
    stream.on('response', (headers) => {
      const { date: _, 'x-envoy-upstream-service-time': __, ...rest } = headers;
      head = rest;
    });
    stream.on('data', (text: string) => (body += text));
    stream.once('error', (error) => resolve(error.message));
    stream.once('close', () => resolve(JSON.stringify([head, body])));
    stream.end();
  });

test.serial('so it does over HTTP/2', async (t) => {
  const [manifests = ''] = fc.sample(anyManifests(a.port, b.port), { seed: 77, numRuns: 1 });
  await Promise.all([whole, cut].map(async (one) => await one.apply('any.yaml', manifests)));
  const hosts = fc
    .sample(someHost, { seed: 77, numRuns: 400 })
    .map((name, i) => [name, name.toUpperCase(), `${name}:81`, `${name}.`][i % 4] ?? name);
  const [expected, actual] = await Promise.all(
    [whole, cut].map(async ({ ports }) => {
      const session = connectHttp2(`http://127.0.0.1:${ports.http}`);
      const answers: string[] = [];
      for (const host of hosts) answers.push(await overHttp2(session, host));
      session.destroy();
      return answers;
    }),
  );
  t.true(new Set(expected).size > 10);
  t.deepEqual(actual, expected);
});
