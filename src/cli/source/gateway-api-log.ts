import type { Logger } from 'pino';

import type { ObjectKey } from '../../ir/object-ref.ts';
import { CustomResourceDefinition } from '../../kube/core/definition.ts';
import {
  isSupportedRelease,
  releaseOf,
  showRelease,
  supportedReleases,
} from '../../kube/gateway/release.ts';
import type { Decoded, KubeEvent } from '../../kube/kube-event.ts';

/** Logs which releases of the Gateway API are installed, or why it is not read. */
interface GatewayApiLog {
  /** Definitions of kinds cannot be read, for this reason. */
  readonly unread: (reason: string) => void;
  /** This happened, perhaps to definitions. */
  readonly passed: (events: readonly KubeEvent[]) => void;
}

/** Says all that is installed in one line, once, and again when it is another. */
export const gatewayApiLog = (log: Logger): GatewayApiLog => {
  const known = new Map<ObjectKey, CustomResourceDefinition>();
  let said = '';
  const say = (level: 'info' | 'warn', line: string): void => {
    if (line !== said) log[level](line);
    said = line;
  };
  const noted = ({ key, object }: Decoded): void => {
    if (CustomResourceDefinition.is(object)) known.set(key, object);
  };
  const heard = (event: KubeEvent): boolean => {
    if (event._tag === 'Reported' || event.kind !== 'CustomResourceDefinition') return false;
    if (event._tag === 'Listed') known.clear();
    if (event._tag === 'Listed') event.items.forEach(noted);
    else if (event._tag === 'Applied') noted(event.item);
    else known.delete(event.key);
    return true;
  };
  return {
    unread: (reason) => say('info', `the Gateway API is not read: ${reason}`),
    passed: (events) => {
      if (!events.map(heard).includes(true) || known.size === 0) return;
      const releases = [...known.values()].map(releaseOf);
      const shown = [...new Set(releases.map(showRelease))].sort().join(', ');
      if (releases.every(isSupportedRelease)) say('info', `the Gateway API is installed: ${shown}`);
      else say('warn', `the Gateway API is installed: ${shown}; ${advice}`);
    },
  };
};

const advice =
  `supported are ${supportedReleases.first} to ${supportedReleases.last}, ` +
  'and of others what is the same there';
