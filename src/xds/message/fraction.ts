import {
  FractionalPercentDenominatorType,
  type RuntimeFractionalPercent,
} from '../../../proto/envoy.ts';

/** A share of the requests, in percent; finer than a whole percent if need be. */
export const fraction = (percent: number): RuntimeFractionalPercent => ({
  default_value: Number.isInteger(percent)
    ? { numerator: percent, denominator: FractionalPercentDenominatorType.HUNDRED }
    : {
        numerator: Math.round(percent * 10_000),
        denominator: FractionalPercentDenominatorType.MILLION,
      },
});
