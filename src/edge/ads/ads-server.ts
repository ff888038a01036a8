import type { Server } from '@grpc/grpc-js';
import { Subject, type Observable } from 'rxjs';

import type { EnvoyEvent } from '../../xds/session/discovery.ts';
import type { Snapshot } from '../../xds/snapshot.ts';
import { requestReader } from '../../xds/wire/read-request.ts';
import { messageOf } from '../message-of.ts';
import { showAddress, type SocketAddress, type TcpAddress } from '../socket-address.ts';
import { claimSocket, restrictSocket } from '../unix-socket.ts';
import type { AdsCall } from './ads-call.ts';
import { fanOut } from './ads-fan-out.ts';
import { bindServer, grpcServer, localLimits, remoteLimits, stopServer } from './ads-service.ts';
import { serveStream, type AdsStream } from './ads-stream.ts';
import type { AdsTelemetry } from './ads-telemetry.ts';
import { refusalMemory } from './refusal-memory.ts';
import { openRemoteAds, type RemoteAds } from './remote-ads.ts';
import type { RemoteAdsEvent, RemoteAdsOptions } from './remote-ads.ts';
import { sharedResponses } from './shared-responses.ts';
import type { StreamReport, StreamStanding } from './stream-report.ts';

interface AdsServerOptions {
  /** For the Envoys of this machine, without TLS. TCP port 0 takes a free one. */
  readonly address: SocketAddress;
  /** For Envoys on the network; absent: no port is open to them. */
  readonly remote?: RemoteAdsOptions | undefined;
  /** Replays the latest value to a new subscriber; a stream is silent before the first value. */
  readonly published$: Observable<{ readonly snapshot: Snapshot }>;
}

/** Where an ADS server listens, with the ports it got. */
interface AdsAddresses {
  readonly local: SocketAddress;
  readonly remote?: TcpAddress;
}

/** An ADS server, built but not started. */
export interface AdsServer {
  /** What the Envoys made of the snapshots, and who is gone. */
  readonly envoys$: Observable<EnvoyEvent>;
  readonly telemetry$: Observable<AdsTelemetry>;
  readonly remote$: Observable<RemoteAdsEvent>;
  /** The open streams, with all that their Envoys hold, and how far each is. */
  readonly streams: () => readonly StreamReport[];
  readonly standings: () => readonly StreamStanding[];
  /** Listens. Rejects when an address is taken or the certificates cannot be used. */
  readonly start: () => Promise<AdsAddresses>;
  /** Accepts no new streams, ends the open ones, and cuts off Envoys that do not answer in time. */
  readonly stop: (graceMs?: number) => Promise<void>;
  /** Stops at once. */
  readonly kill: () => void;
}

/**
 * Serves delta ADS to Envoys on this machine and, with certificates on both sides, to remote ones.
 */
export const adsServer = ({ address, remote, published$ }: AdsServerOptions): AdsServer => {
  const envoys = new Subject<EnvoyEvent>();
  const telemetry = new Subject<AdsTelemetry>();
  const remoteEvents = new Subject<RemoteAdsEvent>();
  const streams = new Map<number, AdsStream>();
  const fan = fanOut(published$);
  const read = requestReader();
  const shared = {
    published$: fan.latest$,
    read: (bytes: Buffer) => read(bytes, fan.latest()?.snapshot.resources),
    encode: sharedResponses(),
    memory: refusalMemory(),
    envoys,
    telemetry,
  };
  let opened = 0;
  let door: RemoteAds | undefined;

  const accept = (call: AdsCall): void => {
    opened += 1;
    const stream = opened;
    const served = serveStream(call, { ...shared, stream });
    streams.set(stream, served);
    void served.closed.then(() => streams.delete(stream));
  };
  const near = grpcServer(accept, localLimits);
  const far = grpcServer(accept, remoteLimits);
  return {
    envoys$: envoys.asObservable(),
    telemetry$: telemetry.asObservable(),
    remote$: remoteEvents.asObservable(),
    streams: () => [...streams.values()].map(({ report }) => report()),
    standings: () => [...streams.values()].map(({ standing }) => standing()),
    start: async () => {
      const local = await listen(near, address).catch((cause: unknown) => {
        const message = `${messageOf(cause)}; choose another address with --ads-address`;
        throw new Error(message, { cause });
      });
      if (remote === undefined) return { local };
      door = await openRemoteAds(remote, far, remoteEvents);
      return { local, remote: door.address };
    },
    stop: async (graceMs = 2_000) => {
      door?.close();
      fan.close();
      const stopped = [stopServer(near, graceMs), stopServer(far, graceMs)];
      for (const { close } of streams.values()) close();
      await Promise.all(stopped);
    },
    kill: () => {
      door?.close();
      fan.close();
      near.forceShutdown();
      far.forceShutdown();
    },
  };
};

const listen = async (server: Server, address: SocketAddress): Promise<SocketAddress> => {
  if (address._tag === 'Unix') await claimSocket(address.path);
  const port = await bindServer(server, showAddress(address));
  if (address._tag === 'Tcp') return { ...address, port };
  await restrictSocket(address.path);
  return address;
};
