import type { Kind } from '../src/kube/kind.ts';

/** What else `kubectl` understands for our kinds; none of them means anything in Kubernetes. */
export const shortNames: { readonly [K in Kind]?: readonly string[] } = {
  AuthService: ['authsvc'],
  LogService: ['logsvc'],
  RateLimitService: ['ratelimitsvc'],
  TCPMapping: ['tcpmap'],
  TLSContext: ['tlsctx'],
  TracingService: ['tracingsvc'],
};
