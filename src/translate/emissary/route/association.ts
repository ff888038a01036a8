import { coveringKeys, covers, indexKey, overlaps, type Hostname } from '../../../ir/hostname.ts';
import { namespaceOf, type ObjectKey } from '../../../ir/object-ref.ts';
import { selects, type Labels, type Selector } from '../../../ir/selector.ts';
import type { MappingNamespaces } from '../host/mapping-namespaces.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';

/** The part of a Host that decides which Mappings it takes. */
export interface Associating {
  readonly hostname: Hostname;
  readonly selector?: Selector | undefined;
  readonly mappingNamespaces?: MappingNamespaces | undefined;
}

/** The part of a Mapping that decides which Hosts take it. */
export type Associated = Pick<CompiledMapping, 'hostname' | 'hostRegex'> & {
  readonly labels: Labels;
};

/**
 * Whether a Host takes a Mapping: the Host must be open to its namespace, the labels must agree where
 * the Host has a selector, the hostnames where the Mapping has one. With neither, it takes none; a
 * `host_regex` agrees with every hostname.
 */
export const associates = (host: Associating, mapping: Associated, key: ObjectKey): boolean => {
  const { selector, mappingNamespaces } = host;
  if (mappingNamespaces !== undefined && !Object.hasOwn(mappingNamespaces, namespaceOf(key)))
    return false;
  if (selector !== undefined && !selects(selector, mapping.labels)) return false;
  if (mapping.hostRegex !== undefined) return true;
  if (mapping.hostname === undefined) return selector !== undefined;
  return overlaps(host.hostname, mapping.hostname);
};

/**
 * The index keys under which a Mapping is found: few for each Mapping, and few for each virtual
 * host. A key that is no hostname has a space in it, so that it cannot be confused with one.
 */
export const mappingIndexKeys = ({
  hostname,
  hostRegex,
  labels,
}: Associated): readonly string[] => {
  if (hostRegex !== undefined) return [regexes];
  if (hostname === undefined) return [unnamed, ...Object.entries(labels).map(labelGroup)];
  const key = indexKey(hostname);
  if (hostname === '*') return [key];
  if (hostname.startsWith('*')) return [key, suffixPatterns];
  return hostname.endsWith('*') ? [key, prefixPatterns] : [key];
};

/** The index keys that together hold every Mapping which one domain of a Host can need. */
export const candidateKeys = (
  domain: Hostname,
  selector: Selector | undefined,
): readonly string[] => {
  const keys = [regexes, ...coveringKeys(domain)];
  if (domain !== '*' && domain.startsWith('*')) keys.push(prefixPatterns);
  if (domain !== '*' && domain.endsWith('*')) keys.push(suffixPatterns);
  if (selector === undefined) return keys;
  const [pair] = Object.entries(selector.matchLabels ?? {});
  keys.push(pair === undefined ? unnamed : labelGroup(pair));
  return keys;
};

const regexes = 'all with host_regex';
const unnamed = 'all without a hostname';
const prefixPatterns = 'all prefix patterns';
const suffixPatterns = 'all suffix patterns';

const labelGroup = ([key, value]: readonly [string, string]): string => `label ${key}=${value}`;

/**
 * Whether a Mapping serves a domain: all of it, or, where two patterns cross, some of it. A Mapping for
 * names strictly inside the domain has a virtual host of its own there.
 */
export const serves = ({ hostname, hostRegex }: Associated, domain: Hostname): boolean =>
  hostname === undefined ||
  hostRegex !== undefined ||
  covers(hostname, domain) ||
  (overlaps(hostname, domain) && !covers(domain, hostname));
