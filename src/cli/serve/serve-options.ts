import type { LogFormat, LogLevel } from '../../edge/admin/log.ts';
import type { SocketAddress, TcpAddress } from '../../edge/socket-address.ts';
import type { TranslateOptions } from '../../translate/translate-options.ts';
import type { KeptStats } from '../../xds/bootstrap/stats.ts';

/** Which statistics Envoy keeps; with `none` it keeps the useful ones, and `/metrics` has no series of it. */
type EnvoyStats = KeptStats | 'none';

/** Flags of every command that serves Envoys. */
export interface ServeOptions extends TranslateOptions {
  /** `false`: run no Envoy; a path: run this one. */
  readonly envoy?: string | boolean;
  readonly envoyAdmin?: SocketAddress;
  readonly envoyConcurrency?: number;
  readonly envoyStrict?: boolean;
  readonly envoyMaxConnections: number;
  /** Mebibytes. */
  readonly envoyMaxHeap?: number;
  readonly envoyReadyAddress?: TcpAddress;
  readonly envoyStats: EnvoyStats;
  /** Seconds, as the two after it. */
  readonly drainTime?: number;
  readonly drainDelay: number;
  readonly stuckAfter: number;
  readonly adsAddress?: SocketAddress;
  readonly adsTlsAddress?: TcpAddress;
  readonly adsTlsCert?: string;
  readonly adsTlsKey?: string;
  readonly adsTlsCa?: string;
  readonly adminAddress: { readonly host: string; readonly port: number };
  /** Whether the admin address shows what is configured. */
  readonly diagnostics?: true;
  readonly stateDir?: string;
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
}
