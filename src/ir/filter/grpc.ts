import type { ObjectRef } from '../object-ref.ts';

/** Calls in gRPC-Web become gRPC. */
export interface GrpcWebFilter {
  readonly _tag: 'GrpcWeb';
  readonly from: readonly ObjectRef[];
}

/** Calls over HTTP/1.1 become gRPC. */
export interface GrpcBridgeFilter {
  readonly _tag: 'GrpcBridge';
  readonly from: readonly ObjectRef[];
}

/** Calls in gRPC are counted. */
export interface GrpcStatsFilter {
  readonly _tag: 'GrpcStats';
  /** The methods that are counted on their own. */
  readonly methods: 'All' | 'None' | readonly GrpcMethods[];
  /** Also how long back ends take. */
  readonly upstream: boolean;
  readonly from: readonly ObjectRef[];
}

/** Methods of a service. */
interface GrpcMethods {
  readonly service: string;
  readonly methods: readonly string[];
}
