import type { Read } from '../../../collection/operator/join-each.ts';
import type { Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { ObjectOutcome } from '../../contribution/outcome.ts';
import type { Report, ReportedCondition } from '../../contribution/report.ts';
import type { Place } from '../address/place.ts';
import type { Gateway } from '../../../kube/gateway/gateway.ts';
import type { GatewaySecurity } from '../certificate/gateway-security.ts';
import type { OurGateway, Refusal } from '../class/our-gateways.ts';
import type { SettledParent } from '../listener/settle-parent.ts';
import { fails, holds, programmed } from './condition.ts';
import { entryReports, isAccepted, type AttachmentTables } from './entry-report.ts';

/** What is told of a Gateway, with what its listeners came to. */
export interface GatewayTables extends AttachmentTables {
  readonly places: Place;
  readonly securities: GatewaySecurity;
  /** The ListenerSets that add listeners to each Gateway. */
  readonly sets: Collection<ObjectKey, true>;
}

/** What the owner of a Gateway is told. */
export const gatewayReport = (
  ours: OurGateway,
  key: ObjectKey,
  read: Read<GatewayTables>,
): ObjectOutcome => {
  const { ref } = ours;
  const entries = read('settled', ref)?.entries ?? [];
  const place = read('places', key);
  const isServed = entries.some(({ unserved }) => unserved === undefined);
  return {
    inEffect: isServed,
    report: definedOnly<Report>({
      conditions: [
        acceptedOf(ours, entries),
        programmedOf(ours, place, entries),
        resolvedOf(read('securities', key)?.backendFault, entries),
        ...insecureOf(ours.gateway),
      ],
      listeners: entryReports(ref, entries, read),
      addresses: place?.addresses ?? [],
      attachedListenerSets: read('sets', key)?.size ?? 0,
    }),
  };
};

type Entries = SettledParent['entries'];

const acceptedOf = ({ refusal }: OurGateway, entries: Entries): ReportedCondition => {
  if (refusal !== undefined) return fails('Accepted', refusal);
  const reason = 'ListenersNotValid';
  if (!entries.some(isAccepted))
    return fails('Accepted', { reason, message: 'None of its listeners is accepted' });
  return entries.every(isAccepted)
    ? holds('Accepted', 'The Gateway is valid')
    : holds('Accepted', 'Some of its listeners are not accepted; each says why', reason);
};

const programmedOf = (
  { refusal }: OurGateway,
  place: Place | undefined,
  entries: Entries,
): ReportedCondition => {
  const invalid = (message: string) => fails('Programmed', { reason: 'Invalid', message });
  if (refusal !== undefined) return invalid('The Gateway is not accepted');
  if (place?.fault !== undefined) return fails('Programmed', place.fault);
  return entries.some(({ unserved }) => unserved === undefined)
    ? programmed('The Gateway is served')
    : invalid('None of its listeners can be served; each says why');
};

const resolvedOf = (fault: Refusal | undefined, entries: Entries): ReportedCondition => {
  if (fault !== undefined) return fails('ResolvedRefs', fault);
  return entries.some(({ unresolved }) => unresolved !== undefined)
    ? fails('ResolvedRefs', {
        reason: 'ListenersNotResolved',
        message: 'Some of its listeners refer to what cannot be used; each says to what',
      })
    : holds('ResolvedRefs', 'All that it refers to can be used');
};

/** What the API asks to be said wherever clients are let in whose certificates are not good. */
const insecureOf = ({ spec }: Gateway): readonly ReportedCondition[] => {
  const { default: usual, perPort = [] } = spec.tls?.frontend ?? {};
  const modes = [usual, ...perPort.map(({ tls }) => tls)].map((one) => one?.validation?.mode);
  return modes.includes('AllowInsecureFallback')
    ? [
        holds(
          'InsecureFrontendValidationMode',
          'Clients are let in without a good certificate (spec.tls.frontend)',
          'ConfigurationChanged',
        ),
      ]
    : [];
};
