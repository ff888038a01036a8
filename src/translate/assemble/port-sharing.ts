import { equal } from '../../collection/equal.ts';
import { definedOnly } from '../../collection/defined-only.ts';
import type { Shared } from '../../collection/operator/union.ts';
import type { ListenerName } from '../../ir/listener.ts';
import type { Problem } from '../../problem/problem.ts';
import type { PortClaim } from '../contribution/contribution.ts';
import { byAge } from '../contribution/seniority.ts';

/**
 * What becomes of two claims to one address. Where both carry HTTP it is open for both, as the older asks for
 * it; else it is the older one's.
 */
export const together = (left: PortClaim, right: PortClaim): PortClaim => {
  const [first, other] = inOrder({ left, right });
  return areAlike(first, other)
    ? definedOnly<PortClaim>({
        ...first,
        tlsLayout: first.tlsLayout ?? other.tlsLayout,
        listener: {
          ...first.listener,
          tlsInspector: first.listener.tlsInspector || other.listener.tlsInspector,
          from: [...first.listener.from, ...other.listener.from],
        },
      })
    : first;
};

/** Who does not have the address is told; who shares it is told where it is not as it is asked for. */
export const sharingProblems = (
  claims: Shared<PortClaim>,
  _: ListenerName,
): readonly Problem[] | undefined => {
  const [first, asked] = inOrder(claims);
  const { field, listener } = asked;
  const [other] = first.listener.from;
  if (other === undefined) return undefined;
  const port = `${listener.transport === 'udp' ? 'UDP port' : 'port'} ${listener.port}`;
  if (!areAlike(first, asked))
    return listener.from.map((object) => ({
      _tag: 'Conflict',
      object,
      field,
      other,
      reason: `${port} is claimed by both`,
    }));
  if (isAsAsked(first, asked)) return undefined;
  return listener.from.map((object) => ({
    _tag: 'Note',
    object,
    field,
    note: `${port} is also that of ${other}, which says how many proxies are trusted, how many streams a connection has, and what else is set for HTTP`,
  }));
};

const inOrder = ({ left, right }: Shared<PortClaim>): readonly [PortClaim, PortClaim] =>
  byAge(left, right) > 0 ? [right, left] : [left, right];

/** Whether both carry HTTP, and nothing comes before it on one of them alone. */
const areAlike = (one: PortClaim, other: PortClaim): boolean =>
  one.bare === undefined &&
  other.bare === undefined &&
  one.listener.transport === other.listener.transport &&
  one.listener.proxyProtocol === other.listener.proxyProtocol;

/** The prefix of statistics is nobody's concern. */
const isAsAsked = ({ http: first }: PortClaim, { http: asked }: PortClaim): boolean =>
  first.trustedHops === asked.trustedHops &&
  first.http2MaxConcurrentStreams === asked.http2MaxConcurrentStreams &&
  equal(first.settings, asked.settings);
