import type { AccessLog } from './access-log/access-log.ts';
import type { ObjectRef } from './object-ref.ts';
import type { Port } from './port.ts';

/** Names a listener by where it binds, so that its successor replaces it in place. */
export type ListenerName = string;

/** Over what an address is reached; the same port in both is two addresses. */
export type Transport = 'tcp' | 'udp';

/** An address Envoy listens on. Its filter chains are nodes of their own. */
export interface Listener {
  readonly name: ListenerName;
  /** An IP address of the machine that Envoy is on, or `allAddresses`. */
  readonly address: string;
  readonly port: Port;
  readonly transport: Transport;
  /** Only over UDP: the datagrams are QUIC, with HTTP/3 in it; absent: they are passed on as they are. */
  readonly quic?: Quic;
  /** Looks for SNI before a filter chain is chosen. */
  readonly tlsInspector: boolean;
  /** Expects a PROXY protocol header before anything else. */
  readonly proxyProtocol: boolean;
  /** How many bytes of a connection Envoy may hold; absent: as Headgate has it for everybody. */
  readonly bufferLimit?: number;
  /** What is written down of requests and connections; absent: nothing. */
  readonly accessLog?: AccessLog;
  readonly from: readonly ObjectRef[];
}

/** What is said of QUIC. */
export interface Quic {
  /** The port by which clients get here, which they are told over TCP; absent: they are not told. */
  readonly advertisedPort?: Port;
}

/** Stands for every IPv4 address of the machine that Envoy is on. */
export const allAddresses = '0.0.0.0';
