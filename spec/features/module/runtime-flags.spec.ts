import { once } from 'node:events';
import { connect, constants, type ClientHttp2Session } from 'node:http2';
import { setTimeout } from 'node:timers/promises';

import test, { type ExecutionContext } from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startHeldBackend } from '../../_support/envoy/held-backend.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { mapping, moduleOf, openHost } from '../../_support/world/routing-manifests.ts';

const ends: (() => unknown)[] = [];
const backend = await startHeldBackend({ teardown: (end) => ends.push(end) });
const gateway = await aGateway(
  (ports) => openHost(ports) + mapping('all', backend.port, 'prefix: /, timeout_ms: 0'),
);
test.after.always(async () => {
  await gateway.stop();
  for (const end of ends) await end();
});

const withFlags = async (flags: string): Promise<void> => {
  await gateway.apply('module.yaml', moduleOf(`runtime_flags: { ${flags} }`));
};

/** The value of a flag as Envoy has it now. */
const valueOf = async (flag: string): Promise<string | undefined> => {
  const { entries } = JSON.parse(await gateway.envoy.post('/runtime')) as {
    readonly entries: Readonly<Record<string, { readonly final_value: string }>>;
  };
  return entries[flag]?.final_value;
};

const turn = 'http.max_requests_per_io_cycle';
const count = 'overload.premature_reset_total_stream_count';
const lifetime = 'overload.premature_reset_min_stream_lifetime_seconds';

const connection = async (t: ExecutionContext): Promise<ClientHttp2Session> => {
  const session = connect(`http://127.0.0.1:${gateway.ports.http}`);
  session.on('error', () => session.destroy());
  t.teardown(() => session.destroy());
  await once(session, 'connect');
  return session;
};

/** Takes back so many requests of a connection, each a while after the backend got it. */
const takeBack = async (session: ClientHttp2Session, many: number, after = 0): Promise<void> => {
  for (let i = 0; i < many && !session.destroyed; i += 1) {
    const stream = session.request({ ':path': '/' });
    stream.on('error', () => stream.destroy());
    await eventually('the backend has it', () => backend.held() === 1);
    await setTimeout(after);
    stream.close(constants.NGHTTP2_CANCEL);
    await eventually('the backend has lost it', () => backend.held() === 0);
  }
};

/** Whether a connection is still good for a request. */
const isOpen = async (session: ClientHttp2Session): Promise<boolean> => {
  if (session.destroyed || session.closed) return false;
  const stream = session.request({ ':path': '/' });
  const answered = once(stream, 'response').then(
    () => true,
    () => false,
  );
  await eventually('it is answered or lost', () => {
    backend.release();
    return (
      stream.closed || stream.destroyed || stream.readableEnded || stream.resume().readableEnded
    );
  });
  return await answered;
};

/** Envoy counts whole seconds, and what is reset after one and a half is early with a limit of one. */
const longerThanASecond = 2_100;

const tooMany = async (): Promise<number> =>
  [...(await gateway.envoy.stats('too_many_premature_resets')).values()].reduce((a, b) => a + b, 0);

test.serial('flags are set in Envoy at once, and no listener changes', async (t) => {
  await withFlags('');
  const before = await gateway.pushes();
  await withFlags(`${turn}: 7, ${count}: 11`);
  t.deepEqual([await valueOf(turn), await valueOf(count)], ['7', '11']);
  await withFlags(`${turn}: 8`);
  t.deepEqual([await valueOf(turn), await valueOf(count)], ['8', undefined]);
  t.is(await valueOf('re2.max_program_size.error_level'), '100000');
  const after = await gateway.pushes();
  t.deepEqual(after, { ...before, Runtime: (before['Runtime'] ?? 0) + 2 });
  t.deepEqual(await gateway.problems('Module default/ambassador'), []);
});

test.serial(
  'a connection that is open is closed when too many of its requests are reset early',
  async (t) => {
    const session = await connection(t);
    await takeBack(session, 6);
    t.true(await isOpen(session));
    const before = await tooMany();
    await withFlags(`${count}: 10`);
    await takeBack(session, 1);
    await eventually('Envoy has closed it', () => session.destroyed);
    t.is((await tooMany()) - before, 1);
  },
);

test.serial('what is early is said too', async (t) => {
  const session = await connection(t);
  await withFlags(`${count}: 2, ${lifetime}: 1`);
  await takeBack(session, 1, longerThanASecond);
  t.true(await isOpen(session));
  await withFlags(`${count}: 2, ${lifetime}: 1000`);
  await takeBack(session, 2, longerThanASecond);
  await eventually('Envoy has closed it', () => session.destroyed);
});

test.serial('any other flag is a problem that names those that can be set', async (t) => {
  await withFlags(
    `${count}: true, 'http.max_requests_per_io_cycl': 2, 'envoy.reloadable_features.x': false,
     'envoy.restart_features.send_goaway_for_premature_rst_streams': true, ${turn}: 9`,
  );
  const all = `no other flag than ${turn}, ${count}, ${lifetime}`;
  t.deepEqual(
    (await gateway.problems('Module default/ambassador'))
      .map(({ field, message }) => `${field?.replace('spec.config.runtime_flags', '')}: ${message}`)
      .sort(),
    [
      `[envoy.reloadable_features.x]: expected ${all}, got false`,
      '[envoy.restart_features.send_goaway_for_premature_rst_streams]: no effect: this Envoy has no such flag',
      `[http.max_requests_per_io_cycl]: expected ${all}, got 2; did you mean ${turn}?`,
      `[${count}]: expected an integer from 1 to 4294967295, got true`,
    ],
  );
  t.is(await valueOf(turn), '9');
});

test.serial('a flag with a wrong value is refused alone, and is not set', async (t) => {
  await withFlags(`${turn}: 0, ${count}: 7`);
  t.like(await gateway.problems('Module default/ambassador'), [
    { problem: 'InvalidField', field: `spec.config.runtime_flags[${turn}]` },
  ]);
  t.deepEqual([await valueOf(turn), await valueOf(count)], [undefined, '7']);
});
