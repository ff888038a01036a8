import type { ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import { languageGroups } from './language.ts';

/** The kinds of Ambassador Edge Stack by group, and whether their objects guard requests there. */
const kindsOfEdgeStack: Readonly<Record<string, Readonly<Record<string, 'Guards' | 'Idle'>>>> = {
  [languageGroups.emissary]: {
    AmbassadorInstallation: 'Idle',
    Filter: 'Guards',
    FilterPolicy: 'Guards',
    Project: 'Idle',
    ProjectController: 'Idle',
    ProjectRevision: 'Idle',
    RateLimit: 'Guards',
  },
  [`gateway.${languageGroups.emissary}`]: {
    Filter: 'Guards',
    FilterPolicy: 'Guards',
    WebApplicationFirewall: 'Guards',
    WebApplicationFirewallPolicy: 'Guards',
  },
};

/**
 * What is told of an object of Ambassador Edge Stack, in whatever version: it has no effect, as in Emissary. Whoever
 * relied on it to keep requests out must hear that nothing does.
 */
export const ofEdgeStack = (
  kind: string,
  group: string,
  object: ObjectRef,
): Problem | undefined => {
  switch (kindsOfEdgeStack[group]?.[kind]) {
    case 'Guards':
      return { _tag: 'GuardUnusable', object, field: '', effect: 'EdgeStack' };
    case 'Idle':
      return noEffectOf(object);
    case undefined:
      return undefined;
  }
};

/** Whether a definition, by its name (`filters.getambassador.io`), is of a kind whose objects guard requests there. */
export const isGuardOfEdgeStack = (definition: string): boolean => guardDefinitions.has(definition);

const guardDefinitions: ReadonlySet<string> = new Set(
  Object.entries(kindsOfEdgeStack).flatMap(([group, kinds]) =>
    Object.entries(kinds).flatMap(([kind, use]) =>
      use === 'Guards' ? [`${pluralOf(kind.toLowerCase())}.${group}`] : [],
    ),
  ),
);

function pluralOf(kind: string): string {
  return kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}

/** What is told of an object of Ambassador Edge Stack that keeps no requests out. */
export const noEffectOf = (object: ObjectRef): Problem => ({
  _tag: 'Note',
  object,
  field: '',
  note: 'no effect: it is for Ambassador Edge Stack',
});
