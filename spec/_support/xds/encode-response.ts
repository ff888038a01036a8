import type { DeltaResponse } from '../../../src/xds/session/discovery.ts';
import { encodeContent, frameResource, withNonce } from '../../../src/xds/wire/wire.ts';

/** A response for one stream, nothing of which is kept for others. */
export const encodeResponse = (response: DeltaResponse): Buffer =>
  withNonce(encodeContent(response, frameResource), response.nonce);
