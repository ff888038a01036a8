import { conditionsOf } from './conditions-of.ts';
import type { GatewayStatus } from './gateway-status.ts';
import type { Acknowledgement, Outcome } from './outcome.ts';

/**
 * What the owner of an Ingress is told: its status has room for addresses alone. What is wrong with it is said by
 * Events; of one that is another controller's, what is wrong with what it carries.
 */
export const ingressStatusOf = (
  outcome: Outcome,
  acknowledgement: Acknowledgement,
): GatewayStatus => {
  const { report, problems } = outcome;
  const { loadBalancer: ingress } = report ?? {};
  const isOurs = report !== undefined;
  return {
    report: ingress === undefined ? {} : { loadBalancer: { ingress } },
    unwritten:
      isOurs || problems.length > 0
        ? conditionsOf(isOurs ? outcome : { ...outcome, serving: 'This' }, acknowledgement)
        : [],
  };
};
