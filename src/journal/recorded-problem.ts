import * as t from 'io-ts';

import { untilSupported } from '../problem/not-yet-supported.ts';
import type { Problem } from '../problem/problem.ts';
import { Ref } from './reference.ts';

/** A problem of an object, with what else its tag says. */
const ofObject = <T extends string, P extends t.Props>(tag: T, props: P) =>
  t.type({ _tag: t.literal(tag), object: Ref, field: t.string, ...props }, tag);

const UnreadableFile = t.intersection(
  [
    t.type({ _tag: t.literal('UnreadableFile'), file: t.string, reason: t.string }),
    t.partial({ line: t.number, column: t.number }),
  ],
  'UnreadableFile',
);

const NotYetSupported = t.intersection(
  [ofObject('NotYetSupported', {}), t.partial({ effect: t.keyof(untilSupported) })],
  'NotYetSupported',
);

/** A problem that a source reported, as a journal keeps it. */
export const RecordedProblem: t.Type<Problem, unknown, unknown> = t.union(
  [
    UnreadableFile,
    t.type(
      { _tag: t.literal('UnreadableKind'), kind: t.string, reason: t.string },
      'UnreadableKind',
    ),
    ofObject('InvalidField', { expected: t.string, got: t.string }),
    ofObject('UnknownField', {}),
    NotYetSupported,
    ofObject('UnsupportedVersion', { got: t.string, expected: t.string }),
    ofObject('DuplicateObject', { other: t.string }),
    ofObject('NotFound', { target: Ref }),
    ofObject('PortNotFound', { target: Ref, port: t.string }),
    ofObject('RefNotUsable', { target: Ref }),
    ofObject('InvalidCertificate', { reason: t.string }),
    ofObject('Conflict', { other: Ref, reason: t.string }),
    ofObject('NotAttached', { reason: t.string }),
    ofObject('Note', { note: t.string }),
    t.intersection([
      ofObject('RefusedByEnvoy', { resource: t.string, message: t.string }),
      t.partial({ by: t.string }),
    ]),
    t.intersection([
      ofObject('PortUnavailable', { address: t.string, reason: t.string }),
      t.partial({ by: t.string }),
    ]),
  ],
  'a problem',
) as t.Type<Problem, unknown, unknown>;
