import { credentials, makeClientConstructor, type ClientDuplexStream } from '@grpc/grpc-js';

import { entries } from '../../../src/collection/collection.ts';
import { decode, encode } from '../../../src/xds/message/encode.ts';
import type { DeltaRequest } from '../../../src/xds/session/discovery.ts';
import { versions } from './versions.ts';

/** A DeltaDiscoveryResponse as it came over the wire. */
export interface Received {
  readonly typeUrl: string;
  readonly nonce: string;
  readonly names: readonly string[];
  readonly removed: readonly string[];
}

/** A bare gRPC client of an ADS server. */
export interface AdsClient {
  readonly send: (request: Partial<DeltaRequest> & Pick<DeltaRequest, 'typeUrl'>) => void;
  /** Writes anything. */
  readonly sendBytes: (bytes: Buffer) => void;
  /** The next response; rejects when the stream ends first. */
  readonly next: () => Promise<Received>;
  /** The status with which the stream ended. */
  readonly ended: Promise<{ readonly code: number; readonly details: string }>;
  readonly close: () => void;
}

/** Opens a stream; `method` is DeltaAggregatedResources unless another one is named. */
export const adsClient = (
  target: string,
  method = 'DeltaAggregatedResources',
  security = credentials.createInsecure(),
): AdsClient => {
  const client = new Client(target, security, {
    'grpc.max_send_message_length': -1,
  });
  const call: ClientDuplexStream<Buffer, Buffer> = client.makeBidiStreamRequest(
    `/envoy.service.discovery.v3.AggregatedDiscoveryService/${method}`,
    identity,
    identity,
  );
  const arrived: Received[] = [];
  const waiting: ((response: Received) => void)[] = [];
  call.on('data', (bytes: Buffer) => {
    const taker = waiting.shift();
    if (taker === undefined) arrived.push(received(bytes));
    else taker(received(bytes));
  });
  call.on('error', () => undefined);
  const ended = new Promise<{ code: number; details: string }>((resolve) => {
    call.on('status', resolve);
  });
  return {
    send: (request) => call.write(encodeRequest(request)),
    sendBytes: (bytes) => call.write(bytes),
    next: () =>
      new Promise((resolve, reject) => {
        const first = arrived.shift();
        if (first !== undefined) resolve(first);
        else waiting.push(resolve);
        void ended.then(({ details }) => reject(new Error(details)));
      }),
    ended,
    close: () => {
      call.cancel();
      client.close();
    },
  };
};

const identity = (bytes: Buffer): Buffer => bytes;

const Client = makeClientConstructor({}, 'AggregatedDiscoveryService');

const encodeRequest = (request: Partial<DeltaRequest> & Pick<DeltaRequest, 'typeUrl'>): Buffer =>
  encode('envoy.service.discovery.v3.DeltaDiscoveryRequest', {
    node: { id: request.node?.id ?? 'client' },
    type_url: request.typeUrl,
    resource_names_subscribe: request.subscribe ?? [],
    resource_names_unsubscribe: request.unsubscribe ?? [],
    initial_resource_versions: Object.fromEntries(
      Array.from(entries(request.initialVersions ?? versions({})), ([name, { version }]) => [
        name,
        version,
      ]),
    ),
    response_nonce: request.nonce ?? '',
    ...(request.error === undefined ? {} : { error_detail: { message: request.error } }),
  });

const received = (bytes: Buffer): Received => {
  const response = decode('envoy.service.discovery.v3.DeltaDiscoveryResponse', bytes);
  return {
    typeUrl: response.type_url ?? '',
    nonce: response.nonce ?? '',
    names: (response.resources ?? []).map(({ name }) => name ?? ''),
    removed: response.removed_resources ?? [],
  };
};
