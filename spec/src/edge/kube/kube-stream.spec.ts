import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { mock } from 'node:test';

import test, { type ExecutionContext } from 'ava';
import { firstValueFrom, lastValueFrom, shareReplay, take, toArray } from 'rxjs';

import { ApiFault } from '../../../../src/kube/reflect/api-fault.ts';
import { anApi, answerJson, type AnApi } from '../../../_support/api-server/an-api.ts';

const get = { method: 'GET', path: '/api/v1/things' } as const;

/** A server that sends these pieces of a body, each by itself, and then does this. */
const sending = async (
  t: ExecutionContext,
  pieces: readonly (string | Uint8Array)[],
  then: (response: ServerResponse) => void = (response) => response.end(),
): Promise<AnApi> =>
  await anApi(
    t,
    (_, response) => {
      response.flushHeaders();
      const next = (i: number): void => {
        const piece = pieces[i];
        if (piece === undefined) then(response);
        else response.write(piece, () => setImmediate(() => next(i + 1)));
      };
      next(0);
    },
    { line: 100 },
  );

const lines = async ({ client }: AnApi): Promise<unknown> =>
  await lastValueFrom(client.stream(get).pipe(toArray()));

const line = (value: unknown) => ({ _tag: 'Line', value });
const opened = { _tag: 'Opened' };

test('a stream is one JSON value a line, from bytes cut anywhere', async (t) => {
  const body = Buffer.from('{"name":"Zürich 東京 🎉"}\n{"b":1}\n');
  const pieces = [...body].map((byte) => Uint8Array.of(byte));

  t.deepEqual(await lines(await sending(t, pieces)), [
    opened,
    line({ name: 'Zürich 東京 🎉' }),
    line({ b: 1 }),
  ]);
});

test('many lines in one piece', async (t) => {
  t.deepEqual(await lines(await sending(t, ['1\n2\n3', '\n'])), [
    opened,
    line(1),
    line(2),
    line(3),
  ]);
});

test('an empty stream is none of a value', async (t) => {
  t.deepEqual(await lines(await sending(t, [])), [opened]);
});

test('a stream is open before its first line', async (t) => {
  const { client } = await sending(t, [], () => undefined);

  t.deepEqual(await firstValueFrom(client.stream(get)), opened);
});

const isBad = test.macro({
  async exec(t, pieces: readonly (string | Uint8Array)[], message: string) {
    const seen: unknown[] = [];
    const { client } = await sending(t, pieces);
    const fault = await new Promise((resolve, reject) => {
      client.stream(get).subscribe({
        next: (said) => seen.push(said),
        error: resolve,
        complete: () => reject(new Error('it completed')),
      });
    });
    t.true(fault instanceof ApiFault);
    t.is((fault as ApiFault).message, message);
    t.deepEqual(seen, [opened, line(1)]);
  },
  title: (name = '') => `a bad line ends a stream, and is not quoted: ${name}`,
});

test('not JSON', isBad, ['1\n', '{"secret"\n', '2\n'], 'line 2 is not JSON (9 bytes)');
test('empty', isBad, ['1\n\n2\n'], 'line 2 is not JSON (0 bytes)');
test('cut', isBad, ['1\n', '{"a":'], 'the stream was cut 5 bytes into line 2');
test('cut after a whole value', isBad, ['1\n', '22'], 'the stream was cut 2 bytes into line 2');
test(
  'not UTF-8',
  isBad,
  ['1\n', Uint8Array.of(0x22, 0xff, 0x22, 0x0a)],
  'line 2 is not JSON (3 bytes)',
);
test('endless', isBad, ['1\n', 'x'.repeat(60), 'x'.repeat(60)], 'line 2 is longer than 100 bytes');

test('a connection that breaks is a fault', async (t) => {
  const api = await sending(t, ['1\n'], (response) => response.destroy());

  await t.throwsAsync(lines(api), { instanceOf: ApiFault });
});

test('a stream that is refused is a fault', async (t) => {
  const api = await anApi(t, (_, response) =>
    answerJson(response, 410, { code: 410, reason: 'Expired', message: 'too old' }),
  );

  const fault = await t.throwsAsync(lines(api), { instanceOf: ApiFault, message: 'too old' });
  t.is(fault?.status, 410);
});

test.serial(
  'a stream that does not open in time is a fault; one that is open may be silent',
  async (t) => {
    mock.timers.enable({ apis: ['setTimeout'] });
    t.teardown(() => mock.timers.reset());
    const silent = lines(await anApi(t, () => undefined));
    mock.timers.tick(30_000);
    await t.throwsAsync(silent, { message: 'the API server did not answer within 30 s' });

    const server = new EventEmitter<{ asked: [ServerResponse] }>();
    const asked = once(server, 'asked') as Promise<[ServerResponse]>;
    const api = await sending(t, [], (response) => server.emit('asked', response));
    const said = api.client.stream(get).pipe(shareReplay());
    const all = lastValueFrom(said.pipe(toArray()));
    t.deepEqual(await firstValueFrom(said), opened);
    mock.timers.tick(3_600_000);
    const [response] = await asked;
    response.end('1\n');
    t.deepEqual(await all, [opened, line(1)]);
  },
);

test('unsubscribing ends the call', async (t) => {
  let ended: Promise<unknown> | undefined;
  const { client } = await anApi(t, (_, response) => {
    ended = once(response, 'close');
    response.write('1\n');
  });

  await lastValueFrom(client.stream(get).pipe(take(2)));
  await ended;

  t.pass();
});

test('closing the client ends a stream', async (t) => {
  const { client } = await sending(t, ['1\n'], () => undefined);
  const said = lastValueFrom(client.stream(get));
  await firstValueFrom(client.stream(get));

  await client.close();

  await t.throwsAsync(said, { instanceOf: ApiFault });
});

test('streams do not keep requests waiting', async (t) => {
  const { client } = await anApi(
    t,
    ({ url }, response) => {
      if (url === '/streams') response.write('1\n');
      else answerJson(response, 200, 'answered');
    },
    { streams: 2, requests: 1 },
  );
  const open = Array.from({ length: 4 }, () =>
    client.stream({ ...get, path: '/streams' }).subscribe({ error: () => undefined }),
  );

  t.is(await client.request(get), 'answered');
  for (const one of open) one.unsubscribe();
});
