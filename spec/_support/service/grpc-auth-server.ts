import type { ServerUnaryCall, sendUnaryData } from '@grpc/grpc-js';

import { upstreamApi } from '../envoy-api/upstream-api.ts';
import { startGrpcServer } from './grpc-server.ts';

/** What Envoy tells of a request, as far as specs look at it. */
export interface CheckRequest {
  readonly attributes?: {
    readonly request?: {
      readonly http?: {
        readonly method?: string;
        readonly path?: string;
        readonly headers?: Readonly<Record<string, string>>;
        readonly body?: string;
      };
    };
    readonly context_extensions?: Readonly<Record<string, string>>;
  };
}

/** A `CheckResponse`; absent: it never answers. */
export type CheckResponse = Readonly<Record<string, unknown>> | undefined;

/** Lets a request pass, with these headers in place of its own. */
export const passing = (headers: Readonly<Record<string, string>> = {}): CheckResponse => ({
  status: { code: 0 },
  ok_response: {
    headers: Object.entries(headers).map(([key, value]) => ({
      header: { key, value },
      append_action: 2,
    })),
  },
});

/** Keeps a request out. */
export const denied: CheckResponse = {
  status: { code: 7 },
  denied_response: { status: { code: 401 }, body: 'who are you?' },
};

/** A server that says who may pass, by the protocol of Envoy; it can be killed and start again on its port. */
export const startGrpcAuthServer = async () => {
  const service = (await upstreamApi()).lookupService('envoy.service.auth.v3.Authorization');
  const asked: CheckRequest[] = [];
  let answer = (one: CheckRequest): CheckResponse =>
    one.attributes?.request?.http?.headers?.['authorization'] === 'good'
      ? passing({ 'x-user': 'ann' })
      : denied;
  const handler = (
    { request }: ServerUnaryCall<CheckRequest, CheckResponse>,
    done: sendUnaryData<CheckResponse>,
  ): void => {
    asked.push(request);
    const said = answer(request);
    if (said !== undefined) done(null, said);
  };
  const start = async (port?: number) =>
    await startGrpcServer([{ service, method: 'Check', handler }], port);
  let server = await start();
  const { port } = server;
  return {
    port,
    /** All that it was asked since this was asked last. */
    asked: (): readonly CheckRequest[] => asked.splice(0),
    says: (next: (one: CheckRequest) => CheckResponse): void => {
      answer = next;
    },
    kill: (): void => server.stop(),
    restart: async (): Promise<void> => {
      server.stop();
      server = await start(port);
    },
  };
};
