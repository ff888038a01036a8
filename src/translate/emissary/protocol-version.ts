import type { ObjectRef } from '../../ir/object-ref.ts';
import { noProblems } from '../../problem/no-problems.ts';
import type { Problem } from '../../problem/problem.ts';

/** What is said of an object that has its service called in a version that Envoy does not speak. */
export const oldProtocol = (
  object: ObjectRef,
  { protocol_version: version }: { readonly protocol_version?: string },
): readonly Problem[] =>
  version === 'v2'
    ? [
        {
          _tag: 'InvalidField',
          object,
          field: 'spec.protocol_version',
          expected: 'v3; Envoy speaks no other, so the service is not called',
          got: version,
        },
      ]
    : noProblems;
