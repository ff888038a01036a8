import { text } from 'node:stream/consumers';

import test from 'ava';

import { ApiFault } from '../../../../src/kube/reflect/api-fault.ts';
import { anApi, answerJson } from '../../../_support/api-server/an-api.ts';

const get = { method: 'GET', path: '/api/v1/things' } as const;

test('a call carries its method, path, query, body and who we are', async (t) => {
  const { client } = await anApi(t, (request, response) => {
    void text(request).then((body) =>
      answerJson(response, 200, {
        ...request.headers,
        is: `${request.method} ${request.url}`,
        body,
      }),
    );
  });

  const echo = (await client.request({
    method: 'PATCH',
    path: '/apis/x/v1/things/a',
    query: { fieldManager: 'headgate', force: 'true' },
    body: { spec: 'ü' },
    contentType: 'application/apply-patch+yaml',
  })) as Record<string, string>;

  t.is(echo['is'], 'PATCH /apis/x/v1/things/a?fieldManager=headgate&force=true');
  t.is(echo['body'], '{"spec":"ü"}');
  t.is(echo['content-type'], 'application/apply-patch+yaml');
  t.is(echo['accept'], 'application/json');
  t.is(echo['authorization'], 'Bearer secret');
});

test('a server behind a path gets the path', async (t) => {
  const { url } = await anApi(t, (request, response) => answerJson(response, 200, request.url));
  const { client } = await anApi(t, () => undefined, {}, { server: `${url}/k8s/clusters/c-1/` });

  t.is(await client.request(get), '/k8s/clusters/c-1/api/v1/things');
});

test('a refusal is a fault with the words of the server', async (t) => {
  const { client } = await anApi(t, (_, response) => {
    response.setHeader('retry-after', '2');
    answerJson(response, 409, { kind: 'Status', reason: 'Conflict', message: 'it was changed' });
  });

  const fault = await t.throwsAsync(client.request(get), { instanceOf: ApiFault });

  t.is(fault?.message, 'it was changed');
  t.is(fault?.status, 409);
  t.is(fault?.reason, 'Conflict');
  t.is(fault?.retryAfterMs, 2000);
});

test('an answer without a body is nothing; one that is not JSON is a fault', async (t) => {
  const { client } = await anApi(t, ({ url }, response) => {
    response.writeHead(url === '/none' ? 204 : 200).end(url === '/none' ? '' : '<html>');
  });

  t.is(await client.request({ method: 'DELETE', path: '/none' }), undefined);
  await t.throwsAsync(client.request(get), {
    instanceOf: ApiFault,
    message: 'the API server answered with what is not JSON (6 characters)',
  });
});

test('an answer that is too long is a fault', async (t) => {
  const { client } = await anApi(t, (_, response) => answerJson(response, 200, 'x'.repeat(999)), {
    body: 1000,
  });

  await t.throwsAsync(client.request(get), { message: 'an answer is longer than 1000 bytes' });
});

test('a server that does not answer in time is a fault, and so is one that is not there', async (t) => {
  const { client, url } = await anApi(t, () => undefined);
  const nowhere = await anApi(t, () => undefined, {}, { server: 'http://127.0.0.1:9' });

  await t.throwsAsync(client.request({ ...get, timeoutMs: 50 }), {
    instanceOf: ApiFault,
    message: 'the API server did not answer within 0.05 s',
  });
  await t.throwsAsync(nowhere.client.request(get), {
    instanceOf: ApiFault,
    message: 'http://127.0.0.1:9: connect ECONNREFUSED 127.0.0.1:9',
  });
  t.true(url.startsWith('http:'));
});

test('who is not let in tries once more, with what is newer', async (t) => {
  const tokens: string[] = [];
  const known: string[] = [];
  const { client } = await anApi(
    t,
    ({ headers }, response) => {
      tokens.push(String(headers.authorization));
      answerJson(response, headers.authorization === 'new' ? 200 : 401, { message: 'who?' });
    },
    {},
    {
      credentials: async (refused) => {
        known.push(refused?.headers['authorization'] ?? 'nothing');
        return { headers: { authorization: refused === undefined ? 'old' : 'new' }, tls: {} };
      },
    },
  );

  t.deepEqual(await client.request(get), { message: 'who?' });
  t.deepEqual(tokens, ['old', 'new']);
  t.deepEqual(known, ['nothing', 'old']);
});

test('who is not let in twice is told so', async (t) => {
  const { client } = await anApi(t, (_, response) =>
    answerJson(response, 401, { reason: 'Unauthorized', message: 'Unauthorized' }),
  );

  const fault = await t.throwsAsync(client.request(get), { instanceOf: ApiFault });

  t.is(fault?.status, 401);
  t.is(
    fault?.message,
    'the API server does not accept the credentials (Unauthorized): they have expired or are of another cluster; renew them, as by a new login',
  );
});

test('a plug-in that never gives credentials does not hold a call for ever', async (t) => {
  const { client } = await anApi(
    t,
    () => undefined,
    {},
    { credentials: () => new Promise(() => undefined) },
  );

  await t.throwsAsync(client.request({ ...get, timeoutMs: 20 }), {
    message: 'the API server did not answer within 0.02 s',
  });
});

test('there are no more connections than allowed, and requests share them', async (t) => {
  const { client, connections } = await anApi(t, (_, response) => answerJson(response, 200, {}), {
    requests: 3,
  });

  await Promise.all(Array.from({ length: 50 }, () => client.request(get)));

  t.is(connections(), 3);
});

test('closing ends what is under way', async (t) => {
  const { client } = await anApi(t, () => undefined);
  const request = client.request(get);

  await client.close();

  await t.throwsAsync(request, {
    instanceOf: ApiFault,
    message: 'the connections to the API server are closed',
  });
  await t.throwsAsync(client.request(get), { instanceOf: ApiFault });
});
