import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

import type { ProcessIdentity } from '../process/process-identity.ts';
import { identify, isAlive, signal, startedWith } from '../process/process-identity.ts';
import { parseAddress, showAddress } from '../socket-address.ts';
import { endEnvoy } from './end-envoy.ts';
import type { EnvoyAdmin, EnvoyServerInfo } from './envoy-admin.ts';
import { envoyAdmin } from './envoy-admin.ts';
import type { EnvoyOptions } from './envoy-command.ts';
import { envoyArguments, envoyHash, signature } from './envoy-command.ts';
import { envoyEnvironment } from './envoy-environment.ts';
import { lastWords } from './envoy-log.ts';
import type { EnvoyRecord } from './envoy-record.ts';
import { readEnvoyRecord, writeEnvoyRecord } from './envoy-record.ts';
import { sizeOf, standardOutput } from './standard-output.ts';

/** An Envoy that runs and whose admin interface answers. */
export interface EnvoyProcess {
  readonly identity: ProcessIdentity;
  readonly version: string;
  /** It ran before we did, and was not interrupted. */
  readonly adopted: boolean;
  readonly admin: EnvoyAdmin;
  /** Where its log begins in the log file, in bytes; for an adopted one, what is new to us. */
  readonly logFrom: number;
  /** The same of its standard output, where we have to pass on what it writes there. */
  readonly outputFrom?: number | undefined;
  /** Resolves when it is gone, with the reason as far as it is known. */
  readonly exited: Promise<string>;
}

/**
 * Takes over the Envoy that runs in this state folder, or starts one.
 *
 * Only an Envoy that was started with the same program, arguments, environment and bootstrap is taken over;
 * another one is ended first. It is the leader of its own session, so that it outlives us when we
 * are killed. `now` ends it at once at any time, also while it starts.
 */
export const startEnvoy = async (
  options: EnvoyOptions,
  now: AbortSignal,
): Promise<EnvoyProcess> => {
  const record = readEnvoyRecord(options.state.envoyRecord);
  const adopted = record === undefined ? undefined : await adopt(record, options, now);
  if (adopted !== undefined) {
    killWhen(now, adopted.identity);
    return adopted;
  }
  await endOthers(record, options, now);
  now.throwIfAborted();
  return await start(options, now);
};

const adopt = async (
  record: EnvoyRecord,
  options: EnvoyOptions,
  now: AbortSignal,
): Promise<EnvoyProcess | undefined> => {
  const { pid, startedAt, hash } = record;
  const identity = { pid, startedAt };
  if (!isAlive(identity) || hash !== envoyHash(options)) return undefined;
  const admin = envoyAdmin(options.admin);
  const info = await answer(identity, admin, now);
  if (info === undefined || info.state === 'DRAINING') return undefined;
  await admin.post(`/logging?level=${options.logLevel}`).catch(() => undefined);
  const exited = goneFromProcessTable(identity);
  const logFrom = read(options.state.envoyLog).length;
  const outputFrom = sizeOf(options.state.envoyOutput);
  return { identity, version: info.version, adopted: true, admin, logFrom, outputFrom, exited };
};

/** Ends what runs on this state folder, recorded or not. */
const endOthers = async (
  record: EnvoyRecord | undefined,
  options: EnvoyOptions,
  now: AbortSignal,
): Promise<void> => {
  const admin = envoyAdmin(parseAddress(record?.admin ?? '') ?? options.admin);
  const recorded = record === undefined || !isAlive(record) ? [] : [record];
  const others = new Map(
    [...recorded, ...startedWith(signature(options))].map((identity) => [identity.pid, identity]),
  );
  for (const identity of others.values()) await endEnvoy(identity, admin, options.drain, now);
  rmSync(options.state.envoyRecord, { force: true });
};

const start = async (options: EnvoyOptions, now: AbortSignal): Promise<EnvoyProcess> => {
  const { binary, state, bootstrap, env } = options;
  writeFileSync(state.bootstrap, JSON.stringify(bootstrap, undefined, 2), { mode: 0o600 });
  const log = openSync(state.envoyLog, 'a', 0o600);
  const logFrom = fstatSync(log).size;
  const output = standardOutput(state.envoyOutput);
  const child = spawn(binary.path, envoyArguments(options), {
    detached: true,
    stdio: ['ignore', output.stdio, log],
    cwd: '/',
    env: envoyEnvironment(env),
  });
  const exited = exitOf(child);
  closeSync(log);
  output.close();
  const outputFrom = output.stdio === 'inherit' ? undefined : 0;
  const identity = child.pid === undefined ? undefined : identify(child.pid);
  if (identity === undefined)
    throw new Error(`Envoy does not start ${await endOf(options, { exited, logFrom })}`);
  killWhen(now, identity);
  try {
    const admin = envoyAdmin(options.admin);
    writeEnvoyRecord(state.envoyRecord, {
      ...identity,
      version: binary.version,
      hash: envoyHash(options),
      admin: showAddress(options.admin),
      ads: showAddress(options.ads),
    });
    const info = await answer(identity, admin, now);
    if (info === undefined) throw new Error(await failure(exited, identity, options, logFrom));
    const { version } = info;
    return { identity, version, adopted: false, admin, logFrom, outputFrom, exited };
  } catch (error) {
    signal(identity, 'SIGKILL');
    await exited;
    throw error;
  }
};

/**
 * What Envoy says as soon as its admin interface answers; undefined when it dies or never answers.
 *
 * The main thread of a healthy Envoy can be busy for seconds with a large configuration.
 */
const answer = async (
  identity: ProcessIdentity,
  admin: EnvoyAdmin,
  now: AbortSignal,
): Promise<EnvoyServerInfo | undefined> => {
  const end = performance.now() + 15_000;
  while (isAlive(identity) && performance.now() < end && !now.aborted) {
    const info = await admin.serverInfo().catch(() => undefined);
    if (info !== undefined) return info;
    await setTimeout(20);
  }
  return undefined;
};

const failure = async (
  exited: Promise<string>,
  identity: ProcessIdentity,
  options: EnvoyOptions,
  logFrom: number,
): Promise<string> =>
  isAlive(identity)
    ? `Envoy's admin interface at ${showAddress(options.admin)} does not answer`
    : `Envoy ended while it started ${await endOf(options, { exited, logFrom })}`;

/** How Envoy ended, with what its log says of that since this position. */
export const endOf = async (
  { state }: Pick<EnvoyOptions, 'state'>,
  { exited, logFrom }: Pick<EnvoyProcess, 'exited' | 'logFrom'>,
): Promise<string> => {
  const reason = await exited;
  const log = read(state.envoyLog).subarray(logFrom).toString('utf8');
  const words = lastWords(log, !reason.startsWith(exitCode));
  return words === undefined ? `(${reason})` : `(${reason}): ${words}`;
};

const killWhen = (now: AbortSignal, identity: ProcessIdentity): void => {
  if (now.aborted) signal(identity, 'SIGKILL');
  now.addEventListener('abort', () => signal(identity, 'SIGKILL'), { once: true });
};

const exitOf = async (child: ChildProcess): Promise<string> =>
  await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, name) => resolve(name ?? `${exitCode}${code}`));
  });

const exitCode = 'exit code ';

/** How somebody else's child ended cannot be known, only that it did. */
const goneFromProcessTable = async (identity: ProcessIdentity): Promise<string> => {
  while (isAlive(identity)) await setTimeout(50);
  return 'for an unknown reason';
};

/** A log that somebody removed is as good as an empty one. */
const read = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
};
