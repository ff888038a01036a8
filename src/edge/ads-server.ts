import {
  logVerbosity,
  Server,
  ServerCredentials,
  setLogVerbosity,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { Subject, type Observable } from 'rxjs';

import type { Verdict } from '../xds/discovery.ts';
import type { Snapshot } from '../xds/snapshot.ts';
import { serveStream, type AdsCall, type AdsStream } from './ads-stream.ts';
import type { AdsTelemetry } from './ads-telemetry.ts';
import { refusalMemory } from './refusal-memory.ts';
import { resourceFrames } from './resource-frames.ts';
import { showAddress, type SocketAddress } from './socket-address.ts';
import type { StreamReport } from './stream-report.ts';
import { claimSocket, restrictSocket } from './unix-socket.ts';

/** What is served, and where. */
export interface AdsServerOptions {
  /** TCP port 0 takes a free one. */
  readonly address: SocketAddress;
  /** Replays the latest to a newcomer; a stream says nothing before the first. */
  readonly published$: Observable<{ readonly snapshot: Snapshot }>;
}

/** An ADS server, built but not started. */
export interface AdsServer {
  /** What the Envoys made of the snapshots. */
  readonly verdicts$: Observable<Verdict>;
  readonly telemetry$: Observable<AdsTelemetry>;
  /** The streams there are now. */
  readonly streams: () => readonly StreamReport[];
  /** Listens; gives the address with the port it got. Rejects when the address is taken. */
  readonly start: () => Promise<SocketAddress>;
  /** Ends every stream and stops; Envoys that do not answer in time are cut off. */
  readonly stop: (graceMs?: number) => Promise<void>;
  /** Stops at once. */
  readonly kill: () => void;
}

/** Serves delta ADS; the state of the world is UNIMPLEMENTED, because nothing else is registered. */
export const adsServer = ({ address, published$ }: AdsServerOptions): AdsServer => {
  const verdicts = new Subject<Verdict>();
  const telemetry = new Subject<AdsTelemetry>();
  const streams = new Map<number, AdsStream>();
  const shared = {
    published$,
    frame: resourceFrames(),
    memory: refusalMemory(),
    verdicts,
    telemetry,
  };
  const server = new Server(serverOptions);
  let opened = 0;

  server.addService(aggregatedDiscovery, {
    DeltaAggregatedResources: (call: AdsCall) => {
      opened += 1;
      const stream = opened;
      const served = serveStream(call, { ...shared, stream });
      streams.set(stream, served);
      void served.closed.then(() => streams.delete(stream));
    },
  });
  return {
    verdicts$: verdicts.asObservable(),
    telemetry$: telemetry.asObservable(),
    streams: () => [...streams.values()].map(({ report }) => report()),
    start: async () => {
      if (address._tag === 'Unix') await claimSocket(address.path);
      const port = await bind(server, showAddress(address));
      if (address._tag === 'Tcp') return { ...address, port };
      await restrictSocket(address.path);
      return address;
    },
    stop: (graceMs = 2_000) =>
      new Promise((resolve) => {
        const cutOff = setTimeout(() => server.forceShutdown(), graceMs);
        server.tryShutdown(() => {
          clearTimeout(cutOff);
          resolve();
        });
        for (const { close } of streams.values()) close();
      }),
    kill: () => server.forceShutdown(),
  };
};

/**
 * A reconnecting Envoy lists everything it holds in one request: 4 MiB, the default limit, would lock
 * a large one out for ever. Pings find peers that are gone; grpc-js sends none unless told to.
 */
const serverOptions = {
  'grpc.max_receive_message_length': 64 * 1024 * 1024,
  'grpc.max_send_message_length': -1,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 20_000,
};

const identity = (bytes: Buffer): Buffer => bytes;

const aggregatedDiscovery: ServiceDefinition = {
  DeltaAggregatedResources: {
    path: '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources',
    requestStream: true,
    responseStream: true,
    requestSerialize: identity,
    requestDeserialize: identity,
    responseSerialize: identity,
    responseDeserialize: identity,
  },
};

/** What grpc-js would print is in the error too. */
const bind = (server: Server, target: string): Promise<number> =>
  new Promise((resolve, reject) => {
    setLogVerbosity(logVerbosity.NONE);
    server.bindAsync(target, ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(new Error(`cannot listen for Envoys on ${target}: ${error.message}`));
    });
  });
