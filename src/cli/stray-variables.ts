import { nearest } from '../problem/nearest.ts';
import { emissaryVariables, type Fate } from './emissary-variables.ts';

/**
 * A line for each variable that looks like one of ours, or was one of Emissary's, and that nothing reads;
 * `known` are those that options read.
 *
 * A Pod also has variables of the Services around it, which are named after these: a Service `headgate` is
 * no slip of anybody.
 */
export const strayVariables = (
  env: Readonly<Record<string, string | undefined>>,
  known: readonly string[],
): readonly string[] => {
  const read = [...known, ...readElsewhere];
  return Object.entries(env)
    .filter(([name, value]) => !read.includes(name) && !isOfService(name, value ?? ''))
    .flatMap(([name]) => lineOf(name, read) ?? [])
    .sort();
};

const lineOf = (name: string, read: readonly string[]): string | undefined => {
  const fate = emissaryVariables.get(name);
  if (fate !== undefined) return lineOfEmissary(name, fate);
  if (name.startsWith('AMBASSADOR_')) return `the variable ${name} is not read; it has no effect`;
  const meant = nearest(name, read);
  if (name.startsWith('HEADGATE_'))
    return `the variable ${name} is not read${meant === undefined ? '; it has no effect' : `; did you mean ${meant}?`}`;
  return undefined;
};

const lineOfEmissary = (name: string, fate: Fate): string | undefined => {
  switch (fate._tag) {
    case 'Read':
      return undefined;
    case 'Instead':
      return `the variable ${name} of Emissary is not read; ${fate.text}`;
    case 'Unused':
      return `the variable ${name} of Emissary has no effect: ${fate.why}`;
  }
};

/** Variables that are read without an option, beside those of Emissary. */
const readElsewhere = ['HEADGATE_CACHE_DIR', 'HEADGATE_HEAP_PERCENT'];

/** Kubernetes' variables for a Service (Kubernetes documentation, "Discovering services"). */
const isOfService = (name: string, value: string): boolean =>
  /_SERVICE_(?:HOST|PORT)(?:_\w+)?$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?$/.test(name) ||
  /^(?:tcp|udp|sctp):\/\//.test(value);
