import { open, type Opening } from '../../../src/xds/session/conversation.ts';
import type { DeltaRequest, DeltaResponse, Verdict } from '../../../src/xds/session/discovery.ts';
import { isResting } from '../../../src/xds/session/resting.ts';
import { step, type ConversationEvent } from '../../../src/xds/session/step.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';
import { request } from './fake-envoy.ts';
import { aSnapshot, type World } from './xds-world.ts';

const types = {
  RTDS: TypeUrl.Runtime,
  CDS: TypeUrl.Cluster,
  EDS: TypeUrl.Endpoints,
  SDS: TypeUrl.Secret,
  LDS: TypeUrl.Listener,
  RDS: TypeUrl.Routes,
  SRDS: TypeUrl.ScopedRoutes,
  ECDS: TypeUrl.Extension,
} as const;

/** How a spec calls a type. */
export type Type = keyof typeof types;

/** A conversation that a spec holds. Each step returns the responses to it: `CDS a@1 b@2 -gone`. */
export interface Dialogue {
  readonly publish: (world: World) => readonly string[];
  readonly ask: (type: Type, request?: Partial<DeltaRequest>) => readonly string[];
  /** Answers the last response of a type. */
  readonly ack: (type: Type, request?: Partial<DeltaRequest>) => readonly string[];
  readonly nack: (type: Type, message?: string) => readonly string[];
  /** Time has passed since listeners could not be bound. */
  readonly retry: () => readonly string[];
  /** Time has passed since clusters are gone. */
  readonly rest: () => readonly string[];
  /** The verdicts since this was asked last: `1` or `1 refused a@2`. */
  readonly verdicts: () => readonly string[];
  readonly nonce: (type: Type) => string;
}

/**
 * Begins a dialogue; snapshots are numbered from 1. What is gone has rested at once, unless the spec lets rests pass
 * by itself.
 */
export const aDialogue = (
  opening: Partial<Opening> = {},
  { rests = false }: { readonly rests?: boolean } = {},
): Dialogue => {
  let conversation = open({ node: 'spec', ...opening });
  let seq = 0;
  let verdicts: readonly Verdict[] = [];
  const nonces = new Map<string, string>();

  const happen = (event: ConversationEvent): readonly string[] => {
    const turn = step(conversation, event);
    conversation = turn.conversation;
    verdicts = [...verdicts, ...turn.verdicts];
    for (const { typeUrl, nonce } of turn.responses) nonces.set(typeUrl, nonce);
    const said = turn.responses.map(show);
    return rests || !isResting(conversation.resting)
      ? said
      : [...said, ...happen({ _tag: 'Rested' })];
  };
  const nonce = (type: Type): string => nonces.get(types[type]) ?? '';
  const ask = (type: Type, part: Partial<DeltaRequest> = {}): readonly string[] =>
    happen({ _tag: 'Requested', request: { ...request(types[type]), ...part } });
  return {
    publish: (world) => {
      seq += 1;
      return happen({ _tag: 'Published', snapshot: aSnapshot(seq, world) });
    },
    ask,
    ack: (type, part = {}) => ask(type, { nonce: nonce(type), ...part }),
    nack: (type, error = 'no') => ask(type, { nonce: nonce(type), error }),
    retry: () => happen({ _tag: 'Retried' }),
    rest: () => happen({ _tag: 'Rested' }),
    verdicts: () => {
      const said = verdicts.map(({ seq: of, refused }) =>
        [of, ...refused.map(({ name, version }) => `refused ${name}@${version}`)].join(' '),
      );
      verdicts = [];
      return said;
    },
    nonce,
  };
};

const show = ({ typeUrl, resources, removed }: DeltaResponse): string => {
  const type = Object.entries(types).find(([, url]) => url === typeUrl)?.[0];
  const updated = resources.map(({ name, version }) => `${name}@${version}`).sort();
  return [type, ...updated, ...removed.map((name) => `-${name}`).sort()].join(' ');
};
