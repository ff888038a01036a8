import { entries } from '../collection/collection.ts';
import { refusals, type Conversation } from '../xds/conversation.ts';
import type { Refusal } from '../xds/discovery.ts';
import { typeUrls } from '../xds/type-url.ts';

/** One ADS stream as `/debug/streams` shows it. */
export interface StreamReport {
  readonly stream: number;
  readonly peer: string;
  readonly node: string;
  /** The snapshot it is being brought to, and whether it has answered all of it. */
  readonly seq: number;
  readonly settled: boolean;
  readonly types: Readonly<Record<string, TypeReport>>;
  readonly refused: readonly Refusal[];
}

/** What one Envoy asked for and holds of one type. */
export interface TypeReport {
  readonly wildcard: boolean;
  readonly names: number;
  readonly held: Readonly<Record<string, string>>;
  /** The names in the response that is not answered yet. */
  readonly pending: readonly string[];
}

/** Describes a conversation; types that were not asked for are left out. */
export const streamReport = (
  stream: number,
  peer: string,
  conversation: Conversation,
): StreamReport => ({
  stream,
  peer,
  node: conversation.node,
  seq: conversation.wave.target.seq,
  settled: conversation.wave.phase === 'Over' && conversation.ready,
  types: Object.fromEntries(
    typeUrls.flatMap((typeUrl) => {
      const { subscription, held, pending } = conversation.sessions[typeUrl];
      if (subscription === undefined) return [];
      const report: TypeReport = {
        wildcard: subscription.wildcard,
        names: subscription.names.size,
        held: Object.fromEntries(entries(held)),
        pending: pending?.items.map(({ name }) => name) ?? [],
      };
      return [[typeUrl, report]];
    }),
  ),
  refused: refusals(conversation),
});
