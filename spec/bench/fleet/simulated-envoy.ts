import { once } from 'node:events';
import { connect, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';

import { acknowledgement, summary } from '../bare-messages.ts';
import type { Counts, Order } from './simulated-envoys.ts';

/**
 * A program that is many Envoys: each opens a stream on its own connection, says what it is told to
 * and acknowledges every response as soon as it is there.
 */
const [, , target = ''] = process.argv;
const sessions: ClientHttp2Session[] = [];
let counts: Counts = { responses: 0, resources: 0, bytes: 0 };

const path = '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources';
const headers = {
  ':method': 'POST',
  ':path': path,
  'content-type': 'application/grpc',
  te: 'trailers',
};

/** Puts the length of a gRPC message in front of it. */
const prefixed = (message: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
};

const answer = (stream: ClientHttp2Stream, message: Buffer): void => {
  const { resources, typeUrl, nonce } = summary(message);
  counts = {
    responses: counts.responses + 1,
    resources: counts.resources + resources,
    bytes: counts.bytes + message.length,
  };
  stream.write(prefixed(acknowledgement(typeUrl, nonce)));
};

/** Reads the messages out of a stream; a part of one waits for the rest. */
const listen = (stream: ClientHttp2Stream): void => {
  let waiting: Buffer[] = [];
  let size = 0;
  let needed = 5;
  stream.on('data', (chunk: Buffer) => {
    waiting.push(chunk);
    size += chunk.length;
    if (size < needed) return;
    let all = waiting.length === 1 ? chunk : Buffer.concat(waiting);
    for (needed = lengthOf(all); all.length >= needed; needed = lengthOf(all)) {
      answer(stream, all.subarray(5, needed));
      all = all.subarray(needed);
    }
    waiting = [all];
    size = all.length;
  });
};

const lengthOf = (bytes: Buffer): number => (bytes.length < 5 ? 5 : 5 + bytes.readUInt32BE(1));

const open = async (messages: readonly Buffer[]): Promise<void> => {
  const session = connect(target, { settings: { initialWindowSize: 16 * 1024 * 1024 } });
  sessions.push(session);
  session.on('error', () => undefined);
  const stream = session.request(headers);
  stream.on('error', () => undefined);
  listen(stream);
  for (const message of messages) stream.write(message);
  await once(stream, 'ready');
};

const leave = async (): Promise<void> => {
  await Promise.all(
    sessions.splice(0).map(async (session) => {
      const closed = once(session, 'close');
      session.destroy();
      await closed;
    }),
  );
};

process.on('message', async (order: Order) => {
  const said = counts;
  switch (order._tag) {
    case 'Connect': {
      const messages = order.requests.map((request) => prefixed(Buffer.from(request)));
      await Promise.all(Array.from({ length: order.count }, () => open(messages)));
      break;
    }
    case 'Count':
      counts = { responses: 0, resources: 0, bytes: 0 };
      break;
    case 'Leave':
      await leave();
  }
  process.send?.(said);
});
process.once('disconnect', () => process.exit());
process.send?.(counts);
