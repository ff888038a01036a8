import { createHash } from 'node:crypto';

import type { StateFolder } from '../file/state-folder.ts';
import type { SocketAddress } from '../socket-address.ts';
import { envoyEnvironment } from './envoy-environment.ts';
import type { EnvoyBinary } from './find-envoy.ts';

/** How to run Envoy. */
export interface EnvoyOptions {
  readonly binary: EnvoyBinary;
  readonly state: Pick<StateFolder, 'bootstrap' | 'envoyLog' | 'envoyOutput' | 'envoyRecord'>;
  /** Envoy's bootstrap as JSON. If it differs after a restart, a running Envoy is replaced. */
  readonly bootstrap: unknown;
  /** Where the bootstrap puts the admin interface. */
  readonly admin: SocketAddress;
  /** Where the bootstrap looks for the control plane. */
  readonly ads: SocketAddress;
  /** Our environment, of which Envoy is given a part. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logLevel: EnvoyLogLevel;
  /** Worker threads; as many as there are processors when absent. */
  readonly concurrency?: number | undefined;
  /** Refuse resources with fields this Envoy does not know, in place of ignoring the fields. */
  readonly rejectUnknownFields?: boolean;
  readonly drain: DrainTimes;
}

/** As `--log-level` of Envoy takes it. */
type EnvoyLogLevel = 'trace' | 'debug' | 'info' | 'warning' | 'error' | 'critical' | 'off';

/**
 * How long a stopping Envoy goes on, in milliseconds; `atMost` is also how long connections go on whose
 * listener or filter chain is gone.
 */
export interface DrainTimes {
  /** Keep accepting at least so long: load balancers learn late that an address is gone. */
  readonly atLeast: number;
  /** Give up on requests that are still being answered. */
  readonly atMost: number;
}

/**
 * The arguments that make a process recognisable as the Envoy of this state folder.
 *
 * Hot restart is off: it leaves a shared memory segment behind when Envoy is killed and opens
 * abstract sockets that every user of the machine can reach.
 */
export const signature = ({ state }: Pick<EnvoyOptions, 'state'>): readonly string[] => [
  '--config-path',
  state.bootstrap,
  '--disable-hot-restart',
];

/** Envoy's command line. */
export const envoyArguments = (options: EnvoyOptions): readonly string[] => [
  ...lasting(options),
  '--log-level',
  options.logLevel,
];

/** Equal for two Envoys that behave the same; a log level can be changed while Envoy runs. */
export const envoyHash = (options: EnvoyOptions): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        options.binary,
        lasting(options),
        envoyEnvironment(options.env),
        options.bootstrap,
      ]),
    )
    .digest('hex');

/** An access log is written a second late at most, in place of ten. */
const lasting = (options: EnvoyOptions): readonly string[] => [
  ...signature(options),
  '--log-format-escaped',
  ...['--file-flush-interval-msec', '1000'],
  ...['--drain-time-s', `${Math.ceil(options.drain.atMost / 1000)}`],
  ...(options.concurrency === undefined ? [] : ['--concurrency', `${options.concurrency}`]),
  ...(options.rejectUnknownFields === true ? ['--reject-unknown-dynamic-fields'] : []),
];
