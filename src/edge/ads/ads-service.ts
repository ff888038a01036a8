import {
  logVerbosity,
  Server,
  ServerCredentials,
  setLogVerbosity,
  type ServiceDefinition,
} from '@grpc/grpc-js';

import type { AdsCall } from './ads-call.ts';

/** A gRPC server with one method, delta ADS; the one for state-of-the-world ADS is UNIMPLEMENTED. */
export const grpcServer = (
  serve: (call: AdsCall) => void,
  limits: Readonly<Record<string, number>>,
): Server => {
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server({ ...pings, ...limits });
  server.addService(aggregatedDiscovery, { DeltaAggregatedResources: serve });
  return server;
};

/**
 * For the Envoys of this machine. A reconnecting Envoy lists everything it holds in one request:
 * 4 MiB, the default limit, would lock a large one out for ever.
 */
export const localLimits = {
  'grpc.max_receive_message_length': 64 * 1024 * 1024,
  'grpc.max_send_message_length': -1,
};

/**
 * For Envoys on the network: some 150,000 resources can be listed in 16 MiB, and many clients that
 * send the most they may do not fill the memory as fast. An Envoy needs one stream.
 */
export const remoteLimits = {
  'grpc.max_receive_message_length': 16 * 1024 * 1024,
  'grpc.max_send_message_length': -1,
  'grpc.max_concurrent_streams': 8,
};

/** Listens without TLS; gives the port. What grpc-js would print is in the error too. */
export const bindServer = (server: Server, target: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.bindAsync(target, ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(new Error(`cannot listen for Envoys on ${target}: ${error.message}`));
    });
  });

/** Stops when every stream has ended, or when the time is over. */
export const stopServer = (server: Server, graceMs: number): Promise<void> =>
  new Promise((resolve) => {
    const cutOff = setTimeout(() => server.forceShutdown(), graceMs);
    server.tryShutdown(() => {
      clearTimeout(cutOff);
      resolve();
    });
  });

/** Pings find peers that are gone; grpc-js sends none unless told to. */
const pings = { 'grpc.keepalive_time_ms': 30_000, 'grpc.keepalive_timeout_ms': 20_000 };

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
