import type { ObjectRef } from '../object-ref.ts';

/** Responses are compressed for clients that accept gzip. What is absent is as Envoy has it. */
export interface GzipFilter {
  readonly _tag: 'Gzip';
  /** 1 to 9. */
  readonly memoryLevel?: number;
  /** In bytes; shorter responses are sent as they are. */
  readonly minContentLength?: number;
  /** 1 (fast) to 9 (small). */
  readonly level?: number;
  readonly strategy?: 'Filtered' | 'HuffmanOnly' | 'Rle' | 'Fixed';
  /** 9 to 15. */
  readonly windowBits?: number;
  readonly contentTypes: readonly string[];
  /** Responses with an `etag` are sent as they are. */
  readonly sparesEtags: boolean;
  /** Back ends do not see which encodings the client accepts. */
  readonly hidesAcceptEncoding: boolean;
  readonly from: readonly ObjectRef[];
}
