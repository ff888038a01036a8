import type { DeltaResponse } from '../../../src/xds/session/discovery.ts';
import { encodeContent, frameResource, withNonce } from '../../../src/xds/wire/wire.ts';

/** Encodes a response for one stream; nothing of it is kept for other streams. */
export const encodeResponse = (response: DeltaResponse): Buffer =>
  withNonce(encodeContent(response, frameResource), response.nonce);
