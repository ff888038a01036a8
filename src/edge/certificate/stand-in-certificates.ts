import { isLeft } from 'fp-ts/lib/Either.js';

import type { PipelineEvent } from '../../journal/batch.ts';
import type { Entry } from '../../journal/entry.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Secret } from '../../kube/core/secret.ts';
import type { Decoded } from '../../kube/kube-event.ts';
import { readChain, readPrivateKey } from '../../kube/secret/certificate.ts';
import { makeCertificate } from './make-certificate.ts';

/**
 * The journal with a new self-signed certificate for the same names in place of each one whose
 * private key it does not hold.
 *
 * No journal holds a private key, and an Envoy takes no certificate without one: it would wait for
 * it before it opened the listener.
 */
export const withStandInCertificates = async (journal: Journal): Promise<Journal> => {
  const made = new Map<string, StandIn>();
  for (const { certificateChain, privateKey } of journal.entries.flatMap(secretsOf))
    if (certificateChain !== undefined && privateKey?.reveal() === undefined)
      made.set(certificateChain, made.get(certificateChain) ?? (await standIn(certificateChain)));
  return {
    ...journal,
    entries: journal.entries.map((entry) => {
      const [first, ...others] = entry.events;
      return { ...entry, events: [replaced(first, made), ...others.map((e) => replaced(e, made))] };
    }),
  };
};

type StandIn = Required<Pick<Secret, 'certificateChain' | 'privateKey'>>;

const secretsOf = ({ events }: Entry): readonly Secret[] =>
  events.flatMap((event) =>
    itemsOf(event).flatMap(({ object }) => (object === undefined ? [] : [object])),
  );

const itemsOf = (event: PipelineEvent): readonly Decoded<'Secret'>[] => {
  if (event._tag === 'Listed' && event.kind === 'Secret')
    return event.items as readonly Decoded<'Secret'>[];
  return event._tag === 'Applied' && event.kind === 'Secret'
    ? [event.item as Decoded<'Secret'>]
    : [];
};

const replaced = (event: PipelineEvent, made: ReadonlyMap<string, StandIn>): PipelineEvent => {
  const items = itemsOf(event).map((item) => {
    const stand = made.get(item.object?.certificateChain ?? '');
    return item.object === undefined || stand === undefined
      ? item
      : { ...item, object: { ...item.object, ...stand } };
  });
  const [only] = items;
  if (event._tag === 'Listed' && event.kind === 'Secret') return { ...event, items };
  return event._tag === 'Applied' && only !== undefined ? { ...event, item: only } : event;
};

const standIn = async (certificateChain: string): Promise<StandIn> => {
  const now = Date.now();
  const made = await makeCertificate({
    names: namesOf(certificateChain),
    notBefore: new Date(now - day),
    notAfter: new Date(now + 30 * day),
  });
  const chain = readChain(made.certificate);
  if (isLeft(chain)) throw new Error(`expected a certificate, found one that ${chain.left}`);
  const privateKey = readPrivateKey(made.privateKey, chain.right);
  if (isLeft(privateKey))
    throw new Error(`expected a private key, found one that ${privateKey.left}`);
  return { certificateChain: chain.right.pem, privateKey: privateKey.right };
};

const day = 24 * 60 * 60 * 1000;

/** The names of a certificate; of one without any, or that cannot be read, `localhost`. */
const namesOf = (certificateChain: string): readonly [string, ...string[]] => {
  const chain = readChain(certificateChain);
  const names = isLeft(chain) ? undefined : chain.right.leaf.subjectAltName;
  const [first = 'localhost', ...others] = [
    ...(names ?? '').matchAll(/(?:DNS|IP Address):([^,"\s]+)/g),
  ].flatMap(([, name]) => name ?? []);
  return [first, ...others];
};
