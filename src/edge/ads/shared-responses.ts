import { sameItems } from '../../collection/same-items.ts';
import type { DeltaResponse } from '../../xds/session/discovery.ts';
import { encodeContent, withNonce, type Content } from '../../xds/wire/wire.ts';
import { resourceFrames } from './resource-frames.ts';

/**
 * Encodes responses for many streams: one that several streams get one after the other, only once.
 *
 * The last few small contents are kept, because a change is told to every Envoy. Large ones are
 * little more than copies of the bytes of their resources: to keep them would only take memory.
 */
export const sharedResponses = (
  results = 8,
  maxBytes = 256 * 1024,
): ((response: DeltaResponse) => Buffer) => {
  const frame = resourceFrames();
  const known: { readonly content: Content; readonly bytes: Buffer }[] = [];
  let oldest = 0;
  const encoded = (content: Content): Buffer => {
    const same = known.find((one) => isSame(one.content, content));
    if (same !== undefined) return same.bytes;
    const bytes = encodeContent(content, frame);
    if (bytes.length <= maxBytes) {
      const { typeUrl, resources, removed } = content;
      known[oldest] = { content: { typeUrl, resources, removed }, bytes };
      oldest = (oldest + 1) % results;
    }
    return bytes;
  };
  return (response) => withNonce(encoded(response), response.nonce);
};

/** Compares resources by identity: each is made once for all streams. */
const isSame = (a: Content, b: Content): boolean =>
  a.typeUrl === b.typeUrl && sameItems(a.resources, b.resources) && sameItems(a.removed, b.removed);
