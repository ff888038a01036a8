import type { ObjectOutcome } from '../../contribution/outcome.ts';
import type { OurClass } from '../class/compile-class.ts';
import { supportedFeatures } from '../class/supported-features.ts';
import { fails, holds } from './condition.ts';

/** What the owner of one of our GatewayClasses is told. */
export const classReport = ({ isAccepted }: OurClass): ObjectOutcome => ({
  inEffect: isAccepted,
  report: {
    conditions: [
      isAccepted
        ? holds('Accepted', 'Gateways of this class are served by Headgate')
        : fails('Accepted', {
            reason: 'InvalidParameters',
            message: 'spec.parametersRef: no kind of parameters is supported',
          }),
    ],
    supportedFeatures,
  },
});
