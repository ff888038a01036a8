import type { Read } from '../../../collection/operator/join-each.ts';
import type { FilterUse } from '../../../ir/filter/filter.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { RateLimitLabels } from '../../../kube/emissary/rate-limit-labels.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import { descriptorOf } from './descriptor.ts';
import type { LimitUse } from './limit-graph.ts';

/** What the labels of a Mapping are compiled with: its domains. */
export interface LimitTables {
  readonly limits: LimitUse;
}

/** What a Mapping says to the filters of its domains, and which of its labels say nothing. */
interface MappingLimits {
  readonly limits?: readonly FilterUse[];
  readonly problems: readonly Problem[];
}

/** Compiles the labels of a Mapping; those of a domain that no service has limit nothing. */
export const mappingLimits = (
  object: ObjectRef,
  labels: RateLimitLabels | undefined,
  read: Read<LimitTables>,
): MappingLimits => {
  if (labels === undefined) return nothing;
  const written = Object.entries(labels).filter(([, groups]) => groups.length > 0);
  const limits = written
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([domain, groups]): readonly FilterUse[] => {
      const use = read('limits', domain);
      const descriptors = groups
        .flatMap((group) => Object.entries(group))
        .map(([name, specifiers]) => {
          const own = descriptorOf(specifiers);
          return use === undefined || isOldest(name) ? own : [...use.defaults, ...own];
        })
        .filter((descriptor) => descriptor.length > 0);
      return use === undefined || descriptors.length === 0
        ? []
        : [{ filter: use.filter, settings: { _tag: 'RateLimit', domain, descriptors } }];
    });
  const problems = [
    ...written.flatMap(([domain, groups]) => emptyEntries(object, domain, groups)),
    ...written
      .filter(([domain]) => read('limits', domain) === undefined)
      .map(([domain]): Problem => ({
        _tag: 'Note',
        object,
        field: `spec.labels.${domain}`,
        note: `no RateLimitService that can be asked has the domain ${domain}: nothing is limited by them`,
      })),
  ];
  return { ...(limits.length > 0 && { limits }), problems };
};

const nothing: MappingLimits = { problems: noProblems };

/** Labels that stand for `rate_limits` of v0 have no defaults, as in Emissary. */
const isOldest = (name: string): boolean => name.startsWith('v0_ratelimit_');

const emptyEntries = (
  object: ObjectRef,
  domain: string,
  groups: RateLimitLabels[string],
): readonly Problem[] =>
  groups.flatMap((group, i) =>
    Object.entries(group).flatMap(([name, specifiers]) =>
      specifiers.flatMap((one, j): readonly Problem[] =>
        descriptorOf([one]).length === 1
          ? noProblems
          : [
              {
                _tag: 'InvalidField',
                object,
                field: `spec.labels.${domain}[${i}].${name}[${j}]`,
                expected:
                  'one of source_cluster, destination_cluster, remote_address, request_headers with a key, generic_key with a value',
                got: descriptorOf([one]).length === 0 ? 'nothing of that' : 'several',
              },
            ],
      ),
    ),
  );
