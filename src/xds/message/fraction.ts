import {
  FractionalPercentDenominatorType,
  type RuntimeFractionalPercent,
} from '../../../proto/envoy.ts';
import type { Fraction } from '../../ir/fraction.ts';

/** A share of the requests: in whole percent where it is that, else in millionths. */
export const fraction = ({ numerator, denominator }: Fraction): RuntimeFractionalPercent => {
  const percent = (numerator * 100) / denominator;
  return {
    default_value: Number.isInteger(percent)
      ? { numerator: percent, denominator: FractionalPercentDenominatorType.HUNDRED }
      : {
          numerator: Math.round((numerator * 1_000_000) / denominator),
          denominator: FractionalPercentDenominatorType.MILLION,
        },
  };
};
