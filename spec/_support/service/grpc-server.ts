import { promisify } from 'node:util';

import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedHandleCall,
} from '@grpc/grpc-js';
import type protobuf from 'protobufjs';

import type { KeyPair } from '../../../src/edge/certificate/make-certificate.ts';

/** A gRPC server on loopback that can be killed, with all that is under way. */
export interface GrpcServer {
  readonly port: number;
  readonly stop: () => void;
}

/** A method of a service, as it is defined, and what answers it. */
export interface ServedMethod {
  readonly service: protobuf.Service;
  readonly method: string;
  readonly handler: UntypedHandleCall;
}

/** Serves methods at a port; 0: a free one. With a certificate it speaks TLS. */
export const startGrpcServer = async (
  methods: readonly ServedMethod[],
  port = 0,
  identity?: KeyPair,
): Promise<GrpcServer> => {
  const server = new Server();
  for (const { service, method, handler } of methods)
    server.addService(definitionOf(service, method), { [method]: handler });
  const bind = promisify(server.bindAsync.bind(server));
  const bound = await bind(`127.0.0.1:${port}`, credentialsOf(identity));
  return { port: bound ?? port, stop: () => server.forceShutdown() };
};

const credentialsOf = (identity: KeyPair | undefined): ServerCredentials =>
  identity === undefined
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(null, [
        {
          cert_chain: Buffer.from(identity.certificate),
          private_key: Buffer.from(identity.privateKey),
        },
      ]);

const definitionOf = (service: protobuf.Service, name: string): ServiceDefinition => {
  const method = service.methods[name];
  method?.resolve();
  if (method?.resolvedRequestType == null || method.resolvedResponseType == null)
    throw new Error(`expected a method ${name} of ${service.fullName}`);
  const { resolvedRequestType: request, resolvedResponseType: response } = method;
  return {
    [name]: {
      path: `/${service.fullName.slice(1)}/${name}`,
      requestStream: method.requestStream === true,
      responseStream: method.responseStream === true,
      requestSerialize: encoded(request),
      requestDeserialize: decoded(request),
      responseSerialize: encoded(response),
      responseDeserialize: decoded(response),
    },
  };
};

const encoded =
  (type: protobuf.Type) =>
  (value: Readonly<Record<string, unknown>>): Buffer =>
    Buffer.from(type.encode(type.fromObject(value)).finish());

const decoded = (type: protobuf.Type) => (bytes: Buffer) =>
  type.toObject(type.decode(bytes), { longs: Number, enums: String, arrays: true });
