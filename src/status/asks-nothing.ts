import type { Change } from '../collection/collection.ts';
import { equal } from '../collection/equal.ts';
import type { ObjectRef } from '../ir/object-ref.ts';
import type { ReportedCondition } from '../translate/contribution/report.ts';
import type { Outcome } from './outcome.ts';

/**
 * Whether an object that changed goes on waiting for what it waited for, or for nothing: it, and what Envoys are
 * to serve for it, is what it was.
 *
 * What other objects change in its report, as a route that attaches to a Gateway does, asks nothing of
 * Envoys in its name. Without a report every change asks anew.
 */
export const asksNothing = ({ before, after }: Change<ObjectRef, Outcome>): boolean =>
  before !== undefined &&
  after !== undefined &&
  (before.report ?? after.report) !== undefined &&
  equal(asked(before), asked(after));

const asked = ({ version, serving, refusals, problems, report }: Outcome): unknown => [
  version,
  serving,
  refusals,
  problems.filter(({ _tag }) => _tag === 'RefusedByEnvoy' || _tag === 'PortUnavailable'),
  report?.addresses,
  awaitedOf(report?.conditions),
  report?.listeners?.map(({ name, conditions }) => [name, awaitedOf(conditions)]),
];

/** The types of the conditions that Envoys are to make true. */
const awaitedOf = (conditions: readonly ReportedCondition[] = []): readonly string[] =>
  conditions.flatMap(({ type, status, awaitsEnvoys }) =>
    awaitsEnvoys === true && status === 'True' ? [type] : [],
  );
