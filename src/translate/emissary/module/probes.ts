import { from, type Collection } from '../../../collection/collection.ts';
import type { OwnStep } from '../../../collection/operator/own-step.ts';
import { remember } from '../../../collection/remember.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../../ir/filter/filter.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ModulePartOf } from '../../../kube/emissary/module/module-keys.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { ModuleSettings } from './module-settings.ts';

type Said = ModulePartOf<'probes'>;

/** The filters that answer whether the gateway is well. */
export type ProbeFilters = OwnStep<
  Readonly<Record<never, never>>,
  Collection<FilterName, HttpFilter>
>;

/** Where clients ask unless a Module says otherwise. */
const usualPrefixes = {
  liveness_probe: '/ambassador/v0/check_alive',
  readiness_probe: '/ambassador/v0/check_ready',
} as const;

type ProbeKey = keyof typeof usualPrefixes;

const probeKeys: readonly ProbeKey[] = ['liveness_probe', 'readiness_probe'];

/**
 * The filters that answer whether the gateway is alive and ready, to load balancers above all: also where there
 * is no Module, and for any Host. Their names hold the paths, so they do not change.
 */
export const probeFilters = remember(
  (said: Said, module: ModuleSettings['from']): ProbeFilters => ({
    operator: 'own',
    inputs: {},
    output: from(
      probeKeys.flatMap((key): readonly (readonly [FilterName, HttpFilter])[] => {
        const { enabled, prefix = '' } = said[key] ?? {};
        if (enabled === false) return [];
        const path = prefix === '' ? usualPrefixes[key] : prefix;
        const of = module === undefined || prefix === '' ? [] : [module];
        return [[`emissary probe ${path}`, { _tag: 'Probe', prefix: path, from: of }]];
      }),
    ),
  }),
  1,
);

/** What the owner of a Module is told of what it says of probes and diagnostics. */
export const probeFaults = (object: ObjectRef, said: Said): readonly Problem[] => [
  ...probeKeys.flatMap((key) => prefixFault(object, key, said[key] ?? {})),
  ...probeKeys.flatMap((key) => {
    const { enabled, service, rewrite } = said[key] ?? {};
    const unused = enabled === false ? [] : Object.entries({ service, rewrite });
    return unused.flatMap(([field, value]) =>
      value === undefined || value === ''
        ? []
        : [note(object, `${key}.${field}`, 'Envoy answers by itself, and asks nobody')],
    );
  }),
  ...(said.diagnostics === undefined || said.diagnostics.enabled === false
    ? []
    : [
        note(
          object,
          'diagnostics',
          'there is no page of diagnostics for clients; `headgate debug` shows more, on the machine itself',
        ),
      ]),
];

/** A prefix that no path has, or every path. */
const prefixFault = (
  object: ObjectRef,
  key: ProbeKey,
  { enabled, prefix: got = '' }: NonNullable<Said[ProbeKey]>,
): readonly Problem[] => {
  if (enabled === false || got === '') return [];
  const field = `spec.config.${key}.prefix`;
  if (!got.startsWith('/'))
    return [
      {
        ...{ _tag: 'InvalidField', object, field, got },
        expected: 'a path that begins with /; nothing is answered',
      },
    ];
  return got === '/'
    ? [
        {
          ...{ _tag: 'InvalidField', object, field, got },
          expected:
            'the path of the probe; Envoy itself answers every request, and none is forwarded',
        },
      ]
    : [];
};

const note = (object: ObjectRef, field: string, reason: string): Problem => ({
  _tag: 'Note',
  object,
  field: `spec.config.${field}`,
  note: `it has no effect: ${reason}`,
});
