import { namespaceOf, type ObjectKey } from '../../../ir/object-ref.ts';
import { bySeniority, seniority, type Claimant } from '../../contribution/seniority.ts';

/** One of several Hosts that claim the same hostname. */
export interface Contender extends Claimant {
  readonly key: ObjectKey;
  readonly standing: Standing;
}

/**
 * What decides between Hosts of one namespace: for `strict` there are TLS settings beside a certificate,
 * `certified` has a certificate, `plain` neither; an `unread` one keeps its name from others and serves nothing.
 */
type Standing = 'strict' | 'certified' | 'plain' | 'unread';

/** A Host that has not got the hostname it claims, who has it, and why. */
interface Lost<C extends Contender> {
  readonly loser: C;
  readonly winner: C;
  /** The end of a sentence about the winner. */
  readonly reason: string;
}

/**
 * Settles which of several Hosts has the hostname that all of them claim; the others have lost it.
 *
 * The name belongs to the namespace of the oldest of them (decision 29): a Host of another
 * namespace neither serves the name nor closes it, whatever it asks for. Among the Hosts of that
 * namespace one with TLS settings comes first: it may want to keep some clients out, so no other may
 * serve them. A Host whose certificate is just missing wants to
 * keep nobody out, and comes after those that have theirs. Among equals the oldest comes first.
 */
export const settleName = <C extends Contender>(hosts: readonly C[]): readonly Lost<C>[] => {
  const [oldest, ...younger] = hosts.toSorted(bySeniority);
  if (oldest === undefined) return [];
  const winner = younger
    .filter((host) => namespaceOf(host.key) === namespaceOf(oldest.key))
    .reduce((best, host) => (rank(host) < rank(best) ? host : best), oldest);
  return hosts
    .filter((host) => host !== winner)
    .map((loser) => ({ loser, winner, reason: why(loser, winner, oldest) }));
};

const rank = ({ standing }: Contender): number => order.indexOf(standing);

const order: readonly Standing[] = ['strict', 'certified', 'plain', 'unread'];

const why = (loser: Contender, winner: Contender, oldest: Contender): string => {
  if (namespaceOf(loser.key) !== namespaceOf(winner.key))
    return winner === oldest
      ? `which ${seniority(oldest, loser)}`
      : `whose namespace has one that ${seniority(oldest, loser)}`;
  if (loser.standing === winner.standing) return `which ${seniority(winner, loser)}`;
  if (loser.standing === 'unread') return 'which can be read';
  return winner.standing === 'strict' ? 'which has TLS settings' : 'which has a certificate';
};
