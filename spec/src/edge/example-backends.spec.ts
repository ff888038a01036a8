import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';

test('a backend tells what it was asked', async (t) => {
  const { port, close } = await startBackend({ name: 'quote', port: 0 });
  t.teardown(close);

  const response = await fetch(`http://127.0.0.1:${port}/a?b=c`, { headers: { 'x-a': 'b' } });
  t.is(response.headers.get('x-service'), 'quote');
  t.like(await response.json(), {
    service: 'quote',
    method: 'GET',
    path: '/a?b=c',
    headers: { 'x-a': 'b', host: `127.0.0.1:${port}` },
  });
});

test('a backend echoes, fails and waits when it is asked to', async (t) => {
  const { port, close } = await startBackend({ name: 'quote', port: 0 });
  t.teardown(close);
  const base = `http://127.0.0.1:${port}`;

  const echo = await fetch(`${base}/echo`, { method: 'POST', body: 'hello' });
  t.is(await echo.text(), 'hello');
  t.is((await fetch(`${base}/status/503`)).status, 503);

  const left = new AbortController();
  const outcome = fetch(`${base}/slow/99999`, { signal: left.signal }).then(
    () => 'answered',
    () => 'still waiting',
  );
  t.is((await fetch(`${base}/slow/1`)).status, 200);
  left.abort();
  t.is(await outcome, 'still waiting');
});

test('a backend whose port is in use says so', async (t) => {
  const { port, close } = await startBackend({ name: 'one', port: 0 });
  t.teardown(close);
  await t.throwsAsync(startBackend({ name: 'two', port }), {
    message: new RegExp(
      `^an example backend cannot listen on 127\\.0\\.0\\.1:${port}: the port is in use; it is where`,
    ),
  });
});
