/**
 * How much one connection may make Envoy buffer, in bytes.
 *
 * The values of Envoy's guide for edge proxies; its defaults are for proxies that trust their peers.
 */
export const flowControl = {
  connectionBufferBytes: 32 * 1024,
  streamWindowBytes: 64 * 1024,
  connectionWindowBytes: 1024 * 1024,
  concurrentStreams: 100,
} as const;
