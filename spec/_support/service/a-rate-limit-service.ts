import type { handleUnaryCall } from '@grpc/grpc-js';

import type { KeyPair } from '../../../src/edge/certificate/make-certificate.ts';
import { upstreamApi } from '../envoy-api/upstream-api.ts';
import { startGrpcServer } from './grpc-server.ts';

/** What Envoy asks a rate limit service: `user=ann,path=/` for each descriptor. */
export interface Asked {
  readonly domain: string;
  readonly descriptors: readonly string[];
}

interface Request {
  readonly domain: string;
  readonly descriptors: readonly {
    readonly entries: readonly { readonly key: string; readonly value: string }[];
  }[];
}

/** How it answers: as it should, never, too late, with an error, or with nonsense. */
type Manner = 'well' | 'never' | 'late' | 'error' | 'nonsense';

const service = (await upstreamApi()).lookupService('envoy.service.ratelimit.v3.RateLimitService');

/** A rate limit service that says of some descriptors that there were too many. */
export const startRateLimitService = async () => {
  const asked: Asked[] = [];
  let manner: Manner = 'well';
  let isLimited = (_: string): boolean => false;
  const handler: handleUnaryCall<Request, object> = (call, answer) => {
    const { domain } = call.request;
    const descriptors = call.request.descriptors.map(({ entries }) =>
      entries.map(({ key, value }) => `${key}=${value}`).join(','),
    );
    asked.push({ domain, descriptors });
    const overall_code = descriptors.some((one) => isLimited(one)) ? 'OVER_LIMIT' : 'OK';
    const told = () => answer(null, { overall_code });
    switch (manner) {
      case 'well':
        return told();
      case 'never':
        return;
      case 'late':
        setTimeout(told, 1500).unref();
        return;
      case 'error':
        return answer({ code: 13, details: 'broken' });
      case 'nonsense':
        return answer(null, { overall_code: 77 });
    }
  };
  const methods = [{ service, method: 'ShouldRateLimit', handler }];
  let server = await startGrpcServer(methods);
  const { port } = server;
  return {
    port,
    /** All that it was asked since this was asked last. */
    asked: (): readonly Asked[] => asked.splice(0),
    answers: (how: Manner) => {
      manner = how;
    },
    limits: (limited: (descriptor: string) => boolean) => {
      isLimited = limited;
    },
    kill: () => server.stop(),
    restart: async (identity?: KeyPair) => {
      server.stop();
      server = await startGrpcServer(methods, port, identity);
    },
  };
};
