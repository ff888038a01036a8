import { isSupportedRelease, type Release } from '../../../kube/gateway/release.ts';
import type { ObjectOutcome } from '../../contribution/outcome.ts';
import type { ReportedCondition } from '../../contribution/report.ts';
import { aboutRelease, type OurClass } from '../class/compile-class.ts';
import { supportedFeatures } from '../class/supported-features.ts';
import { fails, holds } from './condition.ts';

/** What the owner of one of our GatewayClasses is told. */
export const classReport = ({ isAccepted, release }: OurClass): ObjectOutcome => ({
  inEffect: isAccepted,
  report: {
    conditions: [
      isAccepted
        ? holds('Accepted', 'Gateways of this class are served by Headgate')
        : fails('Accepted', {
            reason: 'InvalidParameters',
            message: 'spec.parametersRef: no kind of parameters is supported',
          }),
      ...(release === undefined ? [] : [versionCondition(release)]),
    ],
    supportedFeatures,
  },
});

/** What is of another release is served all the same. */
const versionCondition = (release: Release): ReportedCondition => {
  const message = aboutRelease(release);
  return isSupportedRelease(release)
    ? holds('SupportedVersion', message)
    : fails('SupportedVersion', { reason: 'UnsupportedVersion', message });
};
