import type { Logger } from 'pino';

import type { GatewayStatus } from '../../status/gateway-status.ts';
import type { ObjectStatus } from '../../status/object-status.ts';
import type { Status } from '../../status/status.ts';

/** What can be written of a status. */
export type Fitted = Partial<ObjectStatus> | GatewayStatus;

/** Which part of a status the definition of a kind has fields for. */
type Shape = 'Whole' | 'WithoutConditions' | 'None';

/**
 * Remembers which parts of a status the definitions of kinds lack, and logs it once for each kind.
 */
export interface StatusShapes {
  /** What can be written of a status. */
  readonly fitted: (kind: string, status: Status) => Fitted | undefined;
  /** The kind has no status to write to. */
  readonly hasNone: (kind: string) => void;
  /** Its status has no conditions. */
  readonly hasNoConditions: (kind: string) => void;
  /** Forgets everything, because definitions change; returns the kinds it knew something of. */
  readonly reset: () => readonly string[];
}

/** Every kind has a whole status until one of the functions says otherwise. */
export const statusShapes = (log: Logger): StatusShapes => {
  const shapes = new Map<string, Shape>();
  const said = new Set<string>();
  const reduced = (kind: string, shape: Shape, consequence: string): void => {
    shapes.set(kind, shape);
    if (said.has(`${kind} ${shape}`)) return;
    said.add(`${kind} ${shape}`);
    log.warn({ kind }, `${consequence}; the definitions that come with Headgate have room for it`);
  };
  return {
    fitted: (kind, status) => {
      const shape = shapes.get(kind) ?? 'Whole';
      if (shape === 'Whole') return status;
      if ('report' in status) return undefined;
      const { conditions: _, ...fields } = status;
      return shape === 'None' || Object.keys(fields).length === 0 ? undefined : fields;
    },
    hasNone: (kind) =>
      reduced(kind, 'None', `the status of ${kind} objects cannot be written: they have none`),
    hasNoConditions: (kind) =>
      reduced(kind, 'WithoutConditions', `the status of ${kind} objects is written in part`),
    reset: () => {
      const known = [...shapes.keys()];
      shapes.clear();
      return known;
    },
  };
};
