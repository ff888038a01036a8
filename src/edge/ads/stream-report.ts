import { entries } from '../../collection/collection.ts';
import { refusals, type Conversation } from '../../xds/session/conversation.ts';
import type { Refusal } from '../../xds/session/discovery.ts';
import { TypeUrl, typeUrls } from '../../xds/type-url.ts';

/** The other end of a stream. */
export interface Caller {
  readonly peer: string;
  /** The name in its certificate; absent where none is asked for. */
  readonly client?: string;
}

/** How far one ADS stream is. */
export interface StreamStanding extends Caller {
  readonly stream: number;
  readonly node: string;
  /** The snapshot it is being brought to, and whether it has answered all of it. */
  readonly seq: number;
  readonly settled: boolean;
  /** The number of listeners it holds. */
  readonly listeners: number;
  /** The listeners that it could not bind, and how often it has tried. */
  readonly unbound?: { readonly names: readonly string[]; readonly attempts: number };
}

/** One ADS stream as the debug page `streams` shows it. */
export interface StreamReport extends StreamStanding {
  readonly types: Readonly<Record<string, TypeReport>>;
  readonly refused: readonly Refusal[];
}

/** What one Envoy asked for and holds of one type. */
interface TypeReport {
  readonly wildcard: boolean;
  readonly names: number;
  readonly held: Readonly<Record<string, string>>;
  /** The names in the response that is not answered yet. */
  readonly pending: readonly string[];
}

/** How far a conversation is; costs the same however much is held. */
export const streamStanding = (
  stream: number,
  caller: Caller,
  { node, wave, ready, sessions, retry }: Conversation,
): StreamStanding => ({
  stream,
  ...caller,
  node,
  seq: wave.target.seq,
  settled: wave.phase === 'Over' && ready,
  listeners: sessions[TypeUrl.Listener].held.size,
  ...(retry && { unbound: { names: [...retry.names], attempts: retry.attempts } }),
});

/** Describes a conversation; types that were not asked for are left out. */
export const streamReport = (
  stream: number,
  caller: Caller,
  conversation: Conversation,
): StreamReport => ({
  ...streamStanding(stream, caller, conversation),
  types: Object.fromEntries(
    typeUrls.flatMap((typeUrl) => {
      const { subscription, held, pending } = conversation.sessions[typeUrl];
      if (subscription === undefined) return [];
      const report: TypeReport = {
        wildcard: subscription.wildcard,
        names: subscription.names.size,
        held: Object.fromEntries(
          Array.from(entries(held), ([name, { version }]) => [name, version]),
        ),
        pending: pending?.items.map(({ name }) => name) ?? [],
      };
      return [[typeUrl, report]];
    }),
  ),
  refused: refusals(conversation),
});
