import { setTimeout } from 'node:timers/promises';

import { authService } from '../service/auth-manifests.ts';
import { passing, denied, startGrpcAuthServer } from '../service/grpc-auth-server.ts';
import { startHttpAuthServer, type Asked } from '../service/http-auth-server.ts';
import { anAuthority } from '../world/an-authority.ts';
import { annotated, carrier, mapping } from '../world/routing-manifests.ts';
import type { Editor, EditorGroup } from './editor.ts';
import type { Guard } from './guard.ts';

/** What only an AuthService adds: the back end sees by it that somebody let the request pass. */
const proof = 'x-proof';

const guard: Guard = {
  credentials: { authorization: 'good' },
  intruder: { headers: { authorization: 'bad' }, status: 401 },
  hasLetPass: (headers) => headers[proof] !== undefined && headers.authorization === 'good',
};

/** Starts services that say who may pass, over HTTP, TLS and gRPC, and what edits the AuthServices that ask them. */
export const startAuthEditors = async (): Promise<EditorGroup> => {
  const authority = anAuthority('auth');
  const [one, two, secure] = [
    await startHttpAuthServer(),
    await startHttpAuthServer(),
    await startHttpAuthServer(authority.sign({ names: ['auth.example'] })),
  ];
  for (const { says } of [one, two, secure])
    says(async (asked) => {
      await setTimeout(thinkingTime);
      return byToken(asked);
    });
  const [grpcOne, grpcTwo] = [await startGrpcAuthServer(), await startGrpcAuthServer()];
  for (const { says } of [grpcOne, grpcTwo])
    says(({ attributes }) =>
      attributes?.request?.http?.headers?.['authorization'] === 'good'
        ? passing({ [proof]: 'grpc' })
        : denied,
    );
  const places = [
    () => authService('auth', one.port, overHttp),
    () => authService('auth', grpcOne.port, overGrpc),
    () => authService('auth', two.port, overHttp),
    () => authService('auth', grpcTwo.port, overGrpc),
  ];
  const usual = authService('auth', one.port, overHttp);
  const file = 'AuthService';
  const services: readonly Editor[] = [
    {
      kind: 'AuthService: whom it asks',
      file,
      manifests: (k) => places[k % places.length]?.() ?? '',
    },
    {
      kind: 'AuthService: how',
      file,
      manifests: (k) =>
        authService(
          'auth',
          one.port,
          `${overHttp}, path_prefix: /edit-${k}, add_auth_headers: { x-edit: '${k}' }, ` +
            `allowed_request_headers: [x-edit-${k}], failure_mode_allow: ${k % 2 === 0}, ` +
            `status_on_error: { code: ${500 + (k % 4)} }, stats_name: edit-${k % 3}, ` +
            `include_body: { max_bytes: ${1000 + k}, allow_partial: true }`,
        ),
    },
    {
      kind: 'AuthService: its name',
      file,
      manifests: (k) => authService(`auth-${k}`, k % 2 === 0 ? one.port : two.port, overHttp),
    },
    {
      kind: 'AuthService: several',
      file,
      manifests: (k) =>
        authService('b-auth', one.port, overHttp) +
        (k % 2 === 0 ? '' : authService(`${k % 4 === 1 ? 'a' : 'c'}-auth`, two.port, overHttp)),
    },
    {
      kind: 'AuthService: over TLS',
      file,
      manifests: (k) =>
        k % 2 === 0 ? usual : authService('auth', `https://127.0.0.1:${secure.port}`, overHttp),
    },
    {
      kind: 'AuthService: a Module',
      file,
      manifests: (k) => (k % 2 === 0 ? usual : authenticationModule(two.port)),
    },
    {
      kind: 'AuthService: an annotation',
      file,
      manifests: (k) =>
        k % 2 === 0
          ? usual
          : carrier('auth', [
              annotated(
                `apiVersion: getambassador.io/v2, kind: AuthService, name: auth, ` +
                  `auth_service: '127.0.0.1:${two.port}', ${overHttp}`,
              ),
            ]),
    },
    {
      kind: 'AuthService: none',
      file,
      opens: (k) => k % 2 === 1,
      manifests: (k) => (k % 2 === 0 ? usual : ''),
    },
  ];
  const editors: readonly Editor[] = [
    ...services.map((one) => ({ opens: () => false, ...one })),
    {
      kind: 'Mapping: what it tells',
      file: 'Mapping',
      manifests: (k, { services }) =>
        mapping(
          'page',
          services.one.port,
          `prefix: /, timeout_ms: 50000, auth_context_extensions: { edit: '${k}' }`,
        ),
    },
  ];
  return {
    editors,
    guard,
    unused: () =>
      [
        ['HTTP', one.asked().length + two.asked().length] as const,
        ['TLS', secure.asked().length] as const,
        ['gRPC', grpcOne.asked().length + grpcTwo.asked().length] as const,
      ].flatMap(([name, asked]) => (asked === 0 ? [name] : [])),
    stop: async () => {
      grpcOne.kill();
      grpcTwo.kill();
      await Promise.all([one.kill(), two.kill(), secure.kill()]);
    },
  };
};

/** In milliseconds: so that some requests are being asked about whenever something is edited. */
const thinkingTime = 50;

const byToken = ({ headers }: Asked) =>
  headers.authorization === 'good'
    ? { status: 200, headers: { [proof]: 'http' } }
    : { status: 401 };

const overHttp = `proto: http, timeout_ms: 20000, allowed_authorization_headers: [${proof}]`;
const overGrpc = 'proto: grpc, protocol_version: v3, timeout_ms: 20000';

const authenticationModule = (port: number): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: Module
metadata: { name: authentication }
spec: { config: { auth_service: '127.0.0.1:${port}', ${overHttp} } }
`;
