import { open, refusals, type Conversation } from '../../../src/xds/session/conversation.ts';
import type { DeltaRequest, DeltaResponse, Verdict } from '../../../src/xds/session/discovery.ts';
import { isResting } from '../../../src/xds/session/resting.ts';
import { step, type ConversationEvent } from '../../../src/xds/session/step.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { keyOf, nameOf, type FakeEnvoy } from './fake-envoy.ts';
import { connect, endDraining, receive } from './fake-stream.ts';
import { giveUp } from './fake-warming.ts';

/** A server and a fake Envoy, with the messages under way between them. */
export interface Rig {
  readonly conversation: Conversation;
  readonly envoy: FakeEnvoy;
  readonly snapshot: Snapshot | undefined;
  readonly toServer: readonly DeltaRequest[];
  readonly toEnvoy: readonly DeltaResponse[];
  /** Every response there was. */
  readonly sent: readonly DeltaResponse[];
  readonly verdicts: readonly Verdict[];
}

/** A server that has published nothing and an Envoy that has just connected. */
export const aRig = (envoy: FakeEnvoy, maxBytes?: number): Rig => {
  const first = connect(envoy);
  return {
    conversation: open({ node: 'fake', ...(maxBytes !== undefined && { maxBytes }) }),
    envoy: first.envoy,
    snapshot: undefined,
    toServer: first.requests,
    toEnvoy: [],
    sent: [],
    verdicts: [],
  };
};

/** Publishes a snapshot to the server. */
export const publish = (rig: Rig, snapshot: Snapshot): Rig =>
  happen({ ...rig, snapshot }, { _tag: 'Published', snapshot });

/** Lets the oldest request arrive. */
export const deliverRequest = (rig: Rig): Rig => {
  const [request, ...toServer] = rig.toServer;
  return request === undefined ? rig : happen({ ...rig, toServer }, { _tag: 'Requested', request });
};

/** Lets the oldest response arrive. */
export const deliverResponse = (rig: Rig): Rig => {
  const [response, ...toEnvoy] = rig.toEnvoy;
  if (response === undefined) return rig;
  const { envoy, requests } = receive(rig.envoy, response);
  return { ...rig, envoy, toEnvoy, toServer: [...rig.toServer, ...requests] };
};

/** Breaks the stream: what is under way is lost, and the Envoy comes back with what it holds. */
export const reconnect = (rig: Rig): Rig => {
  const { envoy, requests } = connect(unsaid(rig));
  const reopened = {
    ...rig,
    envoy,
    conversation: open({
      node: 'fake',
      refused: refusals(rig.conversation),
      maxBytes: rig.conversation.maxBytes,
    }),
    toServer: requests,
    toEnvoy: [],
  };
  return rig.snapshot === undefined ? reopened : publish(reopened, rig.snapshot);
};

/** Lets enough time pass that the Envoy gives up waiting for load assignments. */
const waited = (rig: Rig): Rig => {
  const { envoy, requests } = giveUp(rig.envoy);
  return { ...rig, envoy, toServer: requests };
};

/** Lets one rest pass. */
export const rest = (rig: Rig): Rig => happen(rig, { _tag: 'Rested' });

/** Lets the last connections of former listeners end. */
export const drain = (rig: Rig): Rig => {
  const { envoy, requests } = endDraining(rig.envoy);
  return { ...rig, envoy, toServer: [...rig.toServer, ...requests] };
};

/**
 * The Envoy without the refusals that its server never received. Nobody could find out about a secret
 * or filter that it keeps although it refused it.
 */
const unsaid = ({ envoy, toServer, sent }: Rig): FakeEnvoy => {
  const lost = [...toServer, ...(envoy.withheld === undefined ? [] : [envoy.withheld])].flatMap(
    ({ typeUrl, nonce }) =>
      sent.findLast((one) => one.typeUrl === typeUrl && one.nonce === nonce)?.resources ?? [],
  );
  const refused = new Set(envoy.refused);
  const kept = new Map(envoy.kept);
  for (const resource of lost) {
    refused.delete(keyOf(resource));
    if (envoy.refuses(resource)) kept.delete(nameOf(resource));
  }
  return { ...envoy, kept, refused };
};

/** Lets everything arrive until nothing is under way; throws if that never happens. */
export const settle = (rig: Rig): Rig => {
  let settled = rig;
  for (let turns = 0; turns < 2_000; turns += 1) {
    const isSilent = settled.toServer.length === 0 && settled.toEnvoy.length === 0;
    const { withheld, scoping } = settled.envoy;
    const isDrained = scoping.draining.length === 0;
    const rests = isResting(settled.conversation.resting);
    if (isSilent && withheld === undefined && isDrained && !rests) return settled;
    if (!isSilent) settled = deliverResponse(deliverRequest(settled));
    else if (withheld !== undefined) settled = waited(settled);
    else settled = isDrained ? rest(settled) : drain(settled);
  }
  throw new Error('expected the two to come to an end, but they go on and on');
};

const happen = (rig: Rig, event: ConversationEvent): Rig => {
  const { conversation, responses, verdicts } = step(rig.conversation, event);
  return {
    ...rig,
    conversation,
    toEnvoy: [...rig.toEnvoy, ...responses],
    sent: [...rig.sent, ...responses],
    verdicts: [...rig.verdicts, ...verdicts],
  };
};
