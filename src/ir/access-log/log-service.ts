import type { ClusterName } from '../cluster.ts';
import type { ObjectRef } from '../object-ref.ts';

/** A service that is told of requests, over gRPC. While it does not answer, nothing waits for it. */
export interface LogService {
  /** The name by which it knows who tells it. */
  readonly name: string;
  readonly cluster: ClusterName;
  /** What it is told: of each request, or of each as of a connection. */
  readonly tells: RequestEntries | ConnectionEntries;
  /** Entries are sent after this many milliseconds at the latest, or when there are so many bytes of them. */
  readonly flushInterval: number;
  readonly bufferBytes: number;
  readonly from: readonly ObjectRef[];
}

/** With these headers beside those that are always in it. */
interface RequestEntries {
  readonly _tag: 'Requests';
  readonly requestHeaders: readonly string[];
  readonly responseHeaders: readonly string[];
  readonly trailers: readonly string[];
}

interface ConnectionEntries {
  readonly _tag: 'Connections';
}
