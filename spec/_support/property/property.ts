import type { ExecutionContext } from 'ava';
import * as fc from 'fast-check';

/**
 * Checks a property. A failure shows the smallest counterexample with the seed that finds it again.
 * A property must not use AVA's assertions, because the first failed one would hide both.
 */
export const holds = <Values>(
  t: ExecutionContext,
  property: fc.IProperty<Values>,
  parameters: fc.Parameters<Values> = {},
): void => {
  const result = fc.check(property, parameters);
  if (result.failed)
    t.fail([fc.defaultReportMessage(result), String(result.errorInstance)].join('\n'));
  else t.pass();
};
