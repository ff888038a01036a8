import type { Gateway } from '../envoy/a-gateway.ts';
import type { Listening } from '../envoy/a-server.ts';
import type { Authority } from '../world/an-authority.ts';
import type { Guard } from './guard.ts';

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
  /** What is edited, as the table shows it. */
  readonly kind: string;
  /** The file of its manifests; absent: one of its own. Several editors of one file write it in turn. */
  readonly file?: string;
  /**
   * Why Envoy asks clients to leave their connections after some edits (`connection: close`, GOAWAY): in no request, and
   * lasting streams stay. Absent: no connection ends for any.
   */
  readonly leaves?: string;
  /** Its manifests after so many edits; 0: before the first one. Traffic is served alike in every state. */
  readonly manifests: (edits: number, world: EditedWorld) => string;
  /** Whether nothing guards after so many edits, because what did is deleted. Absent: as it was before. */
  readonly opens?: (edits: number) => boolean;
}

/** Editors of one topic, with what keeps requests out meanwhile, and services of their own. */
export interface EditorGroup {
  readonly editors: readonly Editor[];
  readonly guard?: Guard;
  /** Those of its services that nobody has asked anything or told anything; absent: it has none. */
  readonly unused?: () => readonly string[];
  readonly stop: () => Promise<void>;
}
