import { hashOf } from '../collection/hash.ts';
import { covers, indexKey, overlaps, suffixKeys, type Hostname } from './hostname.ts';
import type { Rule } from './rule.ts';
import { selects, type Labels, type Selector } from './selector.ts';

/** The part of a Host that decides which Mappings it takes. */
export interface Associating {
  readonly hostname: Hostname;
  readonly selector?: Selector;
}

/** The part of a Mapping that decides which Hosts take it. */
export type Associated = Pick<Rule, 'hostname' | 'hostRegex'> & { readonly labels: Labels };

/**
 * Whether a Host takes a Mapping (emissary.md §3.4): by label where the Host selects and by hostname
 * where the Mapping has one, both where both; a `host_regex` agrees with every hostname.
 */
export const associates = (host: Associating, rule: Associated): boolean => {
  const { selector } = host;
  if (selector !== undefined && !selects(selector, rule.labels)) return false;
  if (rule.hostRegex !== undefined) return true;
  if (rule.hostname === undefined) return selector !== undefined;
  return overlaps(host.hostname, rule.hostname);
};

/** The groups in which a rule is found: few for each rule, few for each virtual host. */
export const ruleIndexKeys = ({ hostname, hostRegex, labels }: Associated): readonly string[] => {
  if (hostRegex !== undefined) return ['regex'];
  if (hostname === undefined)
    return ['unnamed', ...Object.entries(labels).map(([key, value]) => `label ${key}=${value}`)];
  const keys = [`host ${indexKey(hostname)}`];
  if (hostname !== '*' && hostname.endsWith('*'))
    keys.push('prefix patterns', prefixBucket(hostname));
  if (hostname !== '*' && hostname.startsWith('*')) keys.push('suffix patterns');
  return keys;
};

/**
 * The groups that together hold every rule which one domain of a Host can need.
 *
 * Suffix patterns are looked for by name, since many domains share theirs. Prefix patterns are rare,
 * and for each domain others: to remember for each that there are none takes more room than a bucket.
 */
export const candidateKeys = (
  domain: Hostname,
  selector: Selector | undefined,
): readonly string[] => {
  const keys = ['regex', ...suffixKeys(domain).map((key) => `host ${key}`)];
  if (!domain.startsWith('*')) keys.push(prefixBucket(domain));
  if (domain !== '*' && domain.startsWith('*')) keys.push('prefix patterns');
  if (domain !== '*' && domain.endsWith('*')) keys.push('suffix patterns');
  if (selector === undefined) return keys;
  const [pair] = Object.entries(selector.matchLabels ?? {});
  return [...keys, pair === undefined ? 'unnamed' : `label ${pair[0]}=${pair[1]}`];
};

/** A group of the prefix patterns whose first label is that of a name, and of a few other labels. */
const prefixBucket = (name: Hostname): string => {
  const dot = name.indexOf('.');
  return `prefix ${hashOf(dot === -1 ? name : name.slice(0, dot)) % prefixBuckets}`;
};

const prefixBuckets = 4096;

/**
 * Whether a rule serves a domain: all of it, or, where two patterns cross, some of it. A rule for
 * names strictly inside the domain has a virtual host of its own there.
 */
export const serves = ({ hostname, hostRegex }: Associated, domain: Hostname): boolean =>
  hostname === undefined ||
  hostRegex !== undefined ||
  covers(hostname, domain) ||
  (overlaps(hostname, domain) && !covers(domain, hostname));
