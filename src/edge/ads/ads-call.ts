import type { ServerDuplexStream } from '@grpc/grpc-js';

import { clientName } from './client-name.ts';
import type { Caller } from './stream-report.ts';

/** The call as grpc-js hands it over; messages stay bytes. */
export type AdsCall = ServerDuplexStream<Buffer, Buffer>;

/** Who called; the other end of a unix socket has no address, which grpc-js calls unknown. */
export const callerOf = (call: AdsCall): Caller => {
  const address = call.getPeer();
  const peer = address === 'unknown' ? 'unix' : address;
  const { sslPeerCertificate: certificate } = call.getAuthContext();
  return certificate === undefined ? { peer } : { peer, client: clientName(certificate) };
};
