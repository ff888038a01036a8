import { nearest } from '../problem/nearest.ts';

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
  const instead = insteadOf.get(name);
  if (instead !== undefined) return `the variable ${name} of Emissary is not read; ${instead}`;
  if (name.startsWith('AMBASSADOR_')) return `the variable ${name} is not read; it has no effect`;
  const meant = nearest(name, read);
  if (name.startsWith('HEADGATE_'))
    return `the variable ${name} is not read${meant === undefined ? '; it has no effect' : `; did you mean ${meant}?`}`;
  return undefined;
};

/** Variables that are read without an option. */
const readElsewhere = [
  'HEADGATE_CACHE_DIR',
  'HEADGATE_HEAP_PERCENT',
  'AMBASSADOR_ID',
  'AMBASSADOR_NAMESPACE',
  'AMBASSADOR_SINGLE_NAMESPACE',
  'AMBASSADOR_CERTS_SINGLE_NAMESPACE',
  'AMBASSADOR_LABEL_SELECTOR',
  'AMBASSADOR_FIELD_SELECTOR',
  'AMBASSADOR_DRAIN_TIME',
];

/** What does instead what variables of Emissary do. */
const insteadOf: ReadonlyMap<string, string> = new Map([
  ['AES_LOG_LEVEL', 'HEADGATE_LOG_LEVEL is'],
  ['AMBASSADOR_DEBUG', 'HEADGATE_LOG_LEVEL=debug is'],
  ['AMBASSADOR_JSON_LOGGING', 'HEADGATE_LOG_FORMAT=json is'],
  ['AMBASSADOR_CONFIG_DIR', 'HEADGATE_CONFIG_DIR is'],
  ['AMBASSADOR_CONFIG_BASE_DIR', 'HEADGATE_CONFIG_DIR is'],
  ['AMBASSADOR_HEALTHCHECK_BIND_ADDRESS', 'HEADGATE_ADMIN_ADDRESS is'],
  ['AMBASSADOR_HEALTHCHECK_BIND_PORT', 'HEADGATE_ADMIN_ADDRESS is'],
  ['AMBASSADOR_READY_PORT', 'HEADGATE_ENVOY_READY_ADDRESS is'],
  ['AMBASSADOR_UPDATE_MAPPING_STATUS', 'status is written unless HEADGATE_NO_STATUS says no'],
  ['ENVOY_CONCURRENCY', 'HEADGATE_ENVOY_CONCURRENCY is'],
]);

/** Kubernetes' variables for a Service (Kubernetes documentation, "Discovering services"). */
const isOfService = (name: string, value: string): boolean =>
  /_SERVICE_(?:HOST|PORT)(?:_\w+)?$|_PORT_\d+_(?:TCP|UDP|SCTP)(?:_\w+)?$/.test(name) ||
  /^(?:tcp|udp|sctp):\/\//.test(value);
