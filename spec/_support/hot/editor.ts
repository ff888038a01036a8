import type { Gateway } from '../envoy/a-gateway.ts';
import type { Listening } from '../envoy/a-server.ts';
import type { Authority } from '../world/an-authority.ts';

/** The name that all traffic is for. */
export const hotHost = 'hot.example';

/** What editors can write of. */
export interface EditedWorld {
  readonly ports: Gateway['ports'];
  readonly authority: Authority;
  /** Two services for requests that answer alike, and two for connections. */
  readonly services: Readonly<Record<'one' | 'two' | 'socket' | 'otherSocket', Listening>>;
}

/** Edits objects of one kind, again and again, each time in another way. */
export interface Editor {
  /** What is edited, as the table shows it; the file of its manifests has this name. */
  readonly kind: string;
  /**
   * Why Envoy asks clients to leave their connections after some edits (`connection: close`, GOAWAY): in no request, and
   * lasting streams stay. Absent: no connection ends for any.
   */
  readonly leaves?: string;
  /** Its manifests after so many edits; 0: before the first one. Traffic is served alike in every state. */
  readonly manifests: (edits: number, world: EditedWorld) => string;
}
