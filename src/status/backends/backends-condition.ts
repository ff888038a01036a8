import type { Condition } from '../condition.ts';
import type { GatewayStatus } from '../gateway-status.ts';
import { joined } from '../message.ts';
import type { Status } from '../status.ts';
import type { BackendFault } from './backend-fault.ts';

/** The type of the condition that says whether requests find a back end. */
export const backendsAvailable = 'BackendsAvailable';

/** What is known of the back ends of an object; absent of one that has none. */
export type Availability = readonly BackendFault[] | undefined;

/**
 * A status that says as well whether the back ends of the object are available; of a route, at each parent that
 * accepts it.
 *
 * It is beside all else that is said: a back end that fails makes no object invalid.
 */
export const withBackends = (status: Status, faults: Availability): Status => {
  if (faults === undefined) return status;
  if ('report' in status) return ofRoute(status, faults);
  const [accepted] = status.conditions;
  return { ...status, conditions: [...status.conditions, conditionOf(faults, accepted)] };
};

const ofRoute = (status: GatewayStatus, faults: readonly BackendFault[]): GatewayStatus => {
  const { parents } = status.report;
  if (parents === undefined) return status;
  const told = parents.map((parent) => {
    const accepted = parent.conditions.find(({ type }) => type === 'Accepted');
    return accepted?.status === 'True'
      ? { ...parent, conditions: [...parent.conditions, conditionOf(faults, accepted)] }
      : parent;
  });
  return { ...status, report: { ...status.report, parents: told } };
};

const conditionOf = (
  faults: readonly BackendFault[],
  beside: Pick<Condition<string>, 'observedGeneration'> = {},
): Condition => {
  const [first] = faults;
  const { observedGeneration } = beside;
  return {
    type: backendsAvailable,
    status: first === undefined ? 'True' : 'False',
    reason: first?.reason ?? backendsAvailable,
    message: first === undefined ? noFault : joined(faults.map(({ message }) => message)),
    ...(observedGeneration !== undefined && { observedGeneration }),
  };
};

const noFault = 'The Envoy of the leader sees no back end that is unavailable';
