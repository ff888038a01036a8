import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import test from 'ava';
import type { ExecutionContext } from 'ava';
import { filter, firstValueFrom, lastValueFrom, ReplaySubject, take, timer } from 'rxjs';

import type { EnvoyOptions } from '../../../../src/edge/envoy/envoy-command.ts';
import { superviseEnvoy, type EnvoyEvent } from '../../../../src/edge/envoy/envoy-supervisor.ts';
import { startHeldBackend } from '../../../_support/envoy/held-backend.ts';
import {
  aStateFolder,
  envoyAnswering,
  eventually,
  runs,
} from '../../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../../_support/process/free-port.ts';

/** A supervised Envoy and what happens to it, from the beginning. */
const supervised = (t: ExecutionContext, options: EnvoyOptions) => {
  const stop = new AbortController();
  const events$ = new ReplaySubject<EnvoyEvent>();
  const subscription = superviseEnvoy(options, stop.signal).subscribe(events$);
  t.teardown(() => subscription.unsubscribe());
  const started = async (nth = 1) => {
    const isStart = (event: EnvoyEvent) => event._tag === 'Started';
    return await lastValueFrom(events$.pipe(filter(isStart), take(nth)));
  };
  return { stop, events$, started, kill: () => subscription.unsubscribe() };
};

const aFolder = (t: ExecutionContext) => {
  const folder = aStateFolder();
  t.teardown(folder.remove);
  return folder;
};

const answer = async (port: number): Promise<string> =>
  await (await fetch(`http://127.0.0.1:${port}/`)).text();

test('starts Envoy, says so in envoy.json, and stops it without leaving a process', async (t) => {
  const { state, envoys } = aFolder(t);
  const port = await freePort();
  const { started, stop, events$ } = supervised(t, await envoyAnswering(state, port));

  const { pid, adopted, version } = await started();
  t.is(await answer(port), 'hello');
  t.false(adopted);
  const record = JSON.parse(readFileSync(state.envoyRecord, 'utf8')) as Record<string, unknown>;
  t.is(record['pid'], pid);
  t.is(record['version'], version);
  t.is(record['admin'], `unix:${state.adminSocket}`);

  stop.abort();
  t.deepEqual(await lastValueFrom(events$), { _tag: 'Stopped' });
  t.false(runs(pid));
  t.deepEqual(envoys(), []);
});

test('kills Envoy when nobody listens any more, also while it starts', async (t) => {
  const { state, envoys } = aFolder(t);
  const options = await envoyAnswering(state, await freePort());

  const early = supervised(t, options);
  await eventually('an Envoy process', () => envoys().length === 1);
  early.kill();
  await eventually('no Envoy process', () => envoys().length === 0);

  const late = supervised(t, options);
  await late.started();
  late.kill();
  await eventually('no Envoy process', () => envoys().length === 0);
  t.deepEqual(envoys(), []);
});

test('starts Envoy again when it crashes, and says why it ended', async (t) => {
  const { state, envoys } = aFolder(t);
  const port = await freePort();
  const { started, events$, stop } = supervised(t, await envoyAnswering(state, port));
  const first = await started(1);

  appendFileSync(state.envoyLog, older);
  process.kill(first.pid, 'SIGKILL');
  const restart = await firstValueFrom(events$.pipe(filter(({ _tag }) => _tag === 'Restarting')));
  t.like(restart, { delay: 100, error: { message: `Envoy ${first.pid} ended (SIGKILL)` } });

  const second = await started(2);
  t.not(second.pid, first.pid);
  t.is(await answer(port), 'hello');
  stop.abort();
  await lastValueFrom(events$);
  t.deepEqual(envoys(), []);
});

test('says how Envoy crashed, and not what it complained about before', async (t) => {
  const { state } = aFolder(t);
  const { started, events$ } = supervised(t, await envoyAnswering(state, await freePort()));
  const { pid } = await started();

  appendFileSync(state.envoyLog, older);
  process.kill(pid, 'SIGSEGV');
  const restart = await firstValueFrom(events$.pipe(filter(({ _tag }) => _tag === 'Restarting')));
  t.true(restart._tag === 'Restarting');
  t.regex(
    restart._tag === 'Restarting' ? String(restart.error) : '',
    /^Error: Envoy \d+ ended \(SIG\w+\): Caught Segmentation fault, suspect faulting address 0x\w+$/,
  );
});

/** An error that is no reason to end. */
const older = '[2026-11-23 01:24:27.834][1][error][config] [source/x.cc:12] no such cluster\n';

test('gives up on an Envoy that never starts, with the reason it gave', async (t) => {
  const { state, envoys } = aFolder(t);
  const options = await envoyAnswering(state, await freePort());
  const { events$ } = supervised(t, { ...options, bootstrap: { no_such_field: true } });

  await t.throwsAsync(lastValueFrom(events$), {
    message: /^crashed 5 times within 60 s, at last: Envoy ended while .*has unknown fields$/s,
  });
  t.deepEqual(envoys(), []);
});

test('lets a request in progress finish before it stops', async (t) => {
  const { state } = aFolder(t);
  const port = await freePort();
  const backend = await startHeldBackend(t);
  const options = await envoyAnswering(state, port, '', {
    route: { cluster: 'slow', timeout: '0s' },
  });
  const { started, stop, events$ } = supervised(t, {
    ...options,
    bootstrap: withCluster(options.bootstrap, backend.port),
  });
  const { admin } = await started();

  const response = fetch(`http://127.0.0.1:${port}/`);
  await eventually('an active request', () => backend.held() === 1);
  stop.abort();
  await eventually('a draining Envoy', async () => (await admin.serverInfo()).state === 'DRAINING');
  backend.release();

  t.is((await response).status, 200);
  t.deepEqual(await lastValueFrom(events$), { _tag: 'Stopped' });
});

test('does not wait for a request longer than the deadline', async (t) => {
  const { state, envoys } = aFolder(t);
  const port = await freePort();
  const backend = await startHeldBackend(t);
  const options = await envoyAnswering(state, port, '', {
    route: { cluster: 'slow', timeout: '0s' },
  });
  const { started, stop, events$ } = supervised(t, {
    ...options,
    drain: { atLeast: 0, atMost: 300 },
    bootstrap: withCluster(options.bootstrap, backend.port),
  });
  await started();

  const response = fetch(`http://127.0.0.1:${port}/`);
  await eventually('an active request', () => backend.held() === 1);
  stop.abort();

  await t.throwsAsync(response);
  await lastValueFrom(events$);
  t.deepEqual(envoys(), []);
});

test('a second request to stop, which is to unsubscribe, ends it at once', async (t) => {
  const { state, envoys } = aFolder(t);
  const options = await envoyAnswering(state, await freePort());
  const drain = { atLeast: 3_600_000, atMost: 3_600_000 };
  const { started, stop, kill } = supervised(t, { ...options, drain });
  const { admin } = await started();

  stop.abort();
  await eventually('a draining Envoy', async () => (await admin.serverInfo()).state === 'DRAINING');
  kill();
  await eventually('no Envoy process', () => envoys().length === 0);
  t.deepEqual(envoys(), []);
});

/** How often a supervisor looks at the log; timers of one process fire in the order they are due. */
const lookEvery = 200;

test('keeps Envoy when its log file is removed', async (t) => {
  const { state } = aFolder(t);
  const port = await freePort();
  const { started, stop, events$ } = supervised(t, await envoyAnswering(state, port));
  const { pid } = await started();

  rmSync(state.envoyLog);
  await firstValueFrom(timer(3 * lookEvery));
  t.is(await answer(port), 'hello');
  t.true(runs(pid));
  stop.abort();
  t.deepEqual(await lastValueFrom(events$), { _tag: 'Stopped' });
});

test('merges the log of Envoy, by level and component', async (t) => {
  const { state } = aFolder(t);
  const options = await envoyAnswering(state, await freePort());
  const { events$, started } = supervised(t, { ...options, logLevel: 'info' });

  await started();
  const logged = events$.pipe(filter((event) => event._tag === 'Logged'));
  const { entry } = await firstValueFrom(
    logged.pipe(filter(({ entry: { message } }) => message.includes('starting workers'))),
  );
  t.is(entry.level, 'info');
  t.is(entry.component, 'config');
});

const withCluster = (bootstrap: unknown, port: number) => {
  const { static_resources, ...rest } = bootstrap as Readonly<Record<string, object>>;
  const socket_address = { address: '127.0.0.1', port_value: port };
  const lb_endpoints = [{ endpoint: { address: { socket_address } } }];
  const load_assignment = { cluster_name: 'slow', endpoints: [{ lb_endpoints }] };
  return {
    ...rest,
    static_resources: { ...static_resources, clusters: [{ name: 'slow', load_assignment }] },
  };
};
