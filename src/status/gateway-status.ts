import { controllerName } from '../kube/gateway/controller-name.ts';
import type {
  ListenerReport,
  ParentReport,
  Report,
  ReportedAddress,
  ReportedCondition,
} from '../translate/contribution/report.ts';
import type { Condition } from './condition.ts';
import { awaiting } from './conditions-of.ts';
import { lastAccepted, notServing, stillServing } from './in-effect.ts';
import { cut, joined, lineOf, longestMessage } from './message.ts';
import type { Acknowledgement, Outcome } from './outcome.ts';
import { reasonOf, warnings } from './problem-effects.ts';
import { refusedReason } from './refused-reason.ts';

/** What is ours in the status of an object of the Gateway API. */
export interface GatewayStatus {
  /** Empty where the object is another controller's: then nothing of ours is to be left there. */
  readonly report: SaidReport;
  /** What its kind has no field for: only Events say it. */
  readonly unwritten?: readonly Condition[];
}

/** Our part of a status, as it is written, without the times. */
export interface SaidReport {
  readonly conditions?: readonly Condition<string>[];
  readonly listeners?: readonly SaidListener[];
  readonly addresses?: readonly ReportedAddress[];
  readonly attachedListenerSets?: number;
  readonly supportedFeatures?: readonly { readonly name: string }[];
  readonly parents?: readonly (Signed & { readonly parentRef: ParentReport['parentRef'] })[];
  readonly ancestors?: readonly (Signed & { readonly ancestorRef: ParentReport['parentRef'] })[];
  readonly loadBalancer?: { readonly ingress: NonNullable<Report['loadBalancer']> };
}

/** What is said of one listener. */
type SaidListener = Omit<ListenerReport, 'binds' | 'conditions'> & {
  readonly conditions: readonly Condition<string>[];
};

/** An entry of a list that several controllers write to. */
interface Signed {
  readonly controllerName: string;
  readonly conditions: readonly Condition<string>[];
}

/**
 * What the owner of an object of the Gateway API is told: what its language reports, and what codecs and Envoys
 * refuse.
 *
 * Routes and policies have no condition `Programmed`: what Envoy refuses of them is not accepted.
 */
export const gatewayStatusOf = (
  outcome: Outcome,
  acknowledgement: Acknowledgement,
): GatewayStatus => {
  const { report } = outcome;
  if (report === undefined) return nothing;
  const said = (conditions: readonly ReportedCondition[], place: Place, unbound = none) =>
    conditions.map((one) => finished(one, place, outcome, { acknowledgement, unbound }));
  const signed = ({ conditions }: ParentReport): Signed => ({
    controllerName,
    conditions: said(conditions, 'Parent'),
  });
  const { addresses, attachedListenerSets } = report;
  return {
    report: {
      ...given('conditions', report.conditions, (all) =>
        said(all, 'Object', isClosed(outcome) ? unboundOf(outcome) : none),
      ),
      ...given('listeners', report.listeners, (all) =>
        all.map(({ binds, ...one }) => ({
          ...one,
          conditions: said(one.conditions, 'Listener', unboundOf(outcome, binds)),
        })),
      ),
      ...(addresses !== undefined && { addresses }),
      ...(attachedListenerSets !== undefined && { attachedListenerSets }),
      ...given('supportedFeatures', report.supportedFeatures, (all) =>
        all.map((name) => ({ name })),
      ),
      ...given('parents', report.parents, (all) =>
        all.map((one) => ({ parentRef: one.parentRef, ...signed(one) })),
      ),
      ...given('ancestors', report.ancestors, (all) =>
        all.map((one) => ({ ancestorRef: one.parentRef, ...signed(one) })),
      ),
    },
  };
};

const nothing: GatewayStatus = { report: {} };

const given = <N extends keyof Report, A, B>(
  name: N,
  value: A | undefined,
  change: (value: A) => B,
): { readonly [K in N]?: B } =>
  (value === undefined ? {} : { [name]: change(value) }) as { readonly [K in N]?: B };

/** Where a condition stands: at the object itself, at a listener, or at a parent or ancestor. */
type Place = 'Object' | 'Listener' | 'Parent';

/** What Envoys answered with regard to a place. */
interface Answered {
  readonly acknowledgement: Acknowledgement;
  /** The ports without which nothing is served there. */
  readonly unbound: Problems;
}

const finished = (
  { awaitsEnvoys, ...reported }: ReportedCondition,
  place: Place,
  outcome: Outcome,
  answered: Answered,
): Condition<string> => {
  const isTrue = reported.status === 'True';
  const change =
    reported.type === 'Accepted' && place !== 'Listener'
      ? unaccepted(isTrue, place, outcome)
      : awaitsEnvoys === true && isTrue
        ? unprogrammed(outcome, answered)
        : undefined;
  const { generation } = outcome.version;
  return {
    ...reported,
    message: cut(reported.message, longestMessage),
    ...(change && { status: 'False', ...change }),
    ...(change === undefined && reported.type === 'Accepted' && notes(reported, place, outcome)),
    ...(change === undefined && awaitsEnvoys === true && missing(reported, place, outcome)),
    ...(generation !== undefined && { observedGeneration: generation }),
  };
};

type Change = Pick<Condition, 'reason' | 'message'>;

/** Why an object is not accepted, apart from what its language says. */
const unaccepted = (isTrue: boolean, place: Place, outcome: Outcome): Change | undefined => {
  const { object, problems, refusals = [], serving } = outcome;
  if (refusals.length > 0) {
    const lines = refusals.map((problem) => lineOf(object, problem));
    const message = joined([...lines, stillServing[serving]]);
    return { reason: refusedReason(object), message };
  }
  const refused = place === 'Parent' && isTrue ? refusedByEnvoy(problems) : [];
  const [worst] = refused;
  if (worst === undefined) return undefined;
  const lines = refused.map((problem) => lineOf(object, problem));
  return { reason: reasonOf(worst), message: joined([...lines, lastAccepted]) };
};

/** Why Envoys do not have what this version of an object asks for. */
const unprogrammed = (
  outcome: Outcome,
  { acknowledgement, unbound }: Answered,
): Change | undefined => {
  const { object, problems, refusals = [], serving } = outcome;
  if (refusals.length > 0)
    return {
      reason: 'Invalid',
      message: serving === 'Nothing' ? notServing.Nothing : notServing.Older,
    };
  const refused = refusedByEnvoy(problems);
  if (refused.length + unbound.length > 0) {
    const lines = [...refused, ...unbound].map((problem) => lineOf(object, problem));
    const message = joined(refused.length > 0 ? [...lines, lastAccepted] : lines);
    return { reason: 'Invalid', message };
  }
  switch (acknowledgement._tag) {
    case 'Acknowledged':
      return undefined;
    case 'Awaited':
      return { reason: 'Pending', message: awaiting };
    case 'Refused':
      // That a port of another listener is taken is said there.
      return unboundOf(outcome).length > 0
        ? undefined
        : { reason: 'Invalid', message: cut(acknowledgement.message, longestMessage) };
  }
};

type Problems = Outcome['problems'];

const refusedByEnvoy = (problems: Problems): Problems =>
  problems.filter(({ _tag }) => _tag === 'RefusedByEnvoy');

const none: Problems = [];

/**
 * The ports of an object that Envoys cannot have, or those of some listeners. They are said of the whole object;
 * what a language says of one of its ports names the field.
 */
const unboundOf = ({ problems }: Outcome, binds?: readonly string[]): Problems =>
  problems.filter(
    (one) =>
      one._tag === 'PortUnavailable' &&
      one.field === '' &&
      (one.listener === undefined || binds === undefined || binds.includes(one.listener)),
  );

/** Whether none of the listeners that are served otherwise has its port. */
const isClosed = (outcome: Outcome): boolean =>
  (outcome.report?.listeners ?? [])
    .filter(({ conditions }) => conditions.some(isAwaited))
    .every(({ binds }) => unboundOf(outcome, binds).length > 0);

const isAwaited = ({ awaitsEnvoys, status }: ReportedCondition): boolean =>
  awaitsEnvoys === true && status === 'True';

/** The ports that are missing where something is served nevertheless. */
const missing = (
  { message }: ReportedCondition,
  place: Place,
  outcome: Outcome,
): { readonly message?: string } => {
  const unbound = place === 'Object' ? unboundOf(outcome) : none;
  return unbound.length === 0
    ? {}
    : { message: joined([message, ...unbound.map((one) => lineOf(outcome.object, one))]) };
};

/**
 * What makes nothing false is said with `Accepted`; where it is true, also which fields have no effect, and which
 * certificates clients refuse.
 */
const notes = (
  { status, message }: ReportedCondition,
  place: Place,
  { object, problems }: Outcome,
): { readonly message?: string } => {
  if (place === 'Listener') return {};
  const ineffective = status === 'True' ? problems.filter(isMentioned) : [];
  const lines = [...warnings(problems), ...ineffective].map((one) => lineOf(object, one));
  return lines.length === 0 ? {} : { message: joined([message, ...lines]) };
};

const isMentioned = ({ _tag }: Problems[number]): boolean =>
  _tag === 'NotYetSupported' || _tag === 'UnfitCertificate' || _tag === 'NotServed';
