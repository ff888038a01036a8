import { isLeft } from 'fp-ts/lib/Either.js';
import * as t from 'io-ts';

import { guardEffects } from '../problem/guard-effects.ts';
import type { NoteReason, Problem } from '../problem/problem.ts';
import { Ref } from './reference.ts';

/** A problem of an object, with what else its tag says. */
const ofObject = <T extends string, P extends t.Props>(tag: T, props: P) =>
  t.intersection(
    [t.type({ _tag: t.literal(tag), object: Ref, field: t.string, ...props }), Causes],
    tag,
  );

const Causes = t.partial({ causes: t.array(t.type({ object: Ref, reason: t.string })) });

const UnreadableFile = t.intersection(
  [
    t.type({ _tag: t.literal('UnreadableFile'), file: t.string, reason: t.string }),
    t.partial({ line: t.number, column: t.number }),
  ],
  'UnreadableFile',
);

/** A problem of an object, with what may be said beside it: older journals do not say it. */
const ofObjectPerhaps = <T extends string, P extends t.Props, Q extends t.Props>(
  tag: T,
  props: P,
  more: Q,
) => t.intersection([ofObject(tag, props), t.partial(more)], tag);

const noteReasons: Readonly<Record<NoteReason, unknown>> = {
  CertificateExpiresSoon: undefined,
  SharedWithOtherNamespace: undefined,
};

const BudgetPart = t.keyof({ bytes: null, objects: null, routes: null, regex: null });

const GuardEffects = t.keyof(guardEffects);

const EarlierNotYet = ofObjectPerhaps('NotYetSupported', {}, { effect: t.string });

/**
 * What is not supported yet. Older journals say the same of a guard that cannot be used, with an effect; some of
 * these effects are no more.
 */
const NotYetSupported = new t.Type<Problem, unknown, unknown>(
  'NotYetSupported',
  (u): u is Problem => EarlierNotYet.is(u) && u.effect === undefined,
  (u, context) => {
    const read = EarlierNotYet.validate(u, context);
    if (isLeft(read)) return read;
    const { effect, ...problem } = read.right;
    return t.success<Problem>(
      GuardEffects.is(effect) ? { ...problem, _tag: 'GuardUnusable', effect } : problem,
    );
  },
  t.identity,
);

/** A problem that a source reported, as a journal keeps it. */
export const RecordedProblem: t.Type<Problem, unknown, unknown> = t.union(
  [
    UnreadableFile,
    t.type(
      { _tag: t.literal('UnreadableKind'), kind: t.string, reason: t.string },
      'UnreadableKind',
    ),
    ofObjectPerhaps('InvalidField', { expected: t.string, got: t.string }, { nearest: t.string }),
    ofObjectPerhaps('UnknownField', {}, { nearest: t.string }),
    NotYetSupported,
    ofObject('GuardUnusable', { effect: GuardEffects }),
    ofObject('UnsupportedVersion', { got: t.string, expected: t.string }),
    ofObject('DuplicateObject', { other: t.string }),
    ofObjectPerhaps('NotFound', { target: Ref }, { nearest: Ref }),
    ofObjectPerhaps(
      'PortNotFound',
      { target: Ref, port: t.string },
      { ports: t.readonlyArray(t.union([t.string, t.number])) },
    ),
    ofObject('RefNotUsable', { target: Ref }),
    ofObject('InvalidCertificate', { reason: t.string }),
    ofObject('UnfitCertificate', { reason: t.string }),
    ofObject('Unanswered', { reason: t.string }),
    ofObject('Conflict', { other: Ref, reason: t.string }),
    ofObject('NotAttached', { reason: t.string }),
    ofObject('LeftOut', { reason: t.string }),
    ofObject('OverBudget', { part: BudgetPart, limit: t.number }),
    ofObject('NotServed', {}),
    ofObjectPerhaps('Note', { note: t.string }, { reason: t.keyof(noteReasons) }),
    ofObjectPerhaps('RefusedByEnvoy', { resource: t.string, message: t.string }, { by: t.string }),
    ofObjectPerhaps(
      'PortUnavailable',
      { address: t.string, reason: t.string },
      { listener: t.string, by: t.string },
    ),
  ],
  'a problem',
) as t.Type<Problem, unknown, unknown>;
