import type { SpecOn } from '../mapping/mapping-fields.ts';
import type { Guard, Guarding } from './guarding.ts';

/** Which Mappings are closed: their requests are answered 503, because what guards them cannot be used. */
export interface Closure {
  readonly all: boolean;
  /** Those with labels of these domains; `any`: with any labels. */
  readonly labels: readonly string[] | 'any';
  /** Those without labels: they get labels of such a domain by default. */
  readonly unlabelled: boolean;
}

/** What all that guards requests closes together; absent: nothing. */
export const closureOf = (all: readonly Guarding[]): Closure | undefined => {
  const guards = all.flatMap((one) => one.guards);
  if (guards.every(({ _tag }) => _tag === 'Auth')) return undefined;
  const has = (tag: Guard['_tag']): boolean => guards.some(({ _tag }) => _tag === tag);
  const usual = usualDomains(all);
  const labels = has('AnyLabels')
    ? 'any'
    : guards.flatMap((one) => (one._tag === 'Labels' ? (one.domain ?? usual) : []));
  const isLabelled = (domain: string): boolean =>
    all.some(({ labelled }) => labelled?.includes(domain) === true);
  return {
    all: has('All'),
    labels,
    unlabelled: usual.some((domain) => isLabelled(domain) && isIn(labels, domain)),
  };
};

/** The domains that count where none is named. If Modules disagree, each says one: nobody's opens another's. */
const usualDomains = (all: readonly Guarding[]): readonly string[] => {
  const modules = all.filter(({ labelled }) => labelled !== undefined);
  return modules.length === 0
    ? [usualDomain]
    : modules.map(({ labelDomain = usualDomain }) => labelDomain);
};

const usualDomain = 'ambassador';

/** Whether a Mapping is closed. */
export const closes = (
  { all, labels, unlabelled }: Closure,
  { labels: written = {} }: SpecOn<'guard'>,
): boolean => {
  if (all) return true;
  const domains = Object.keys(written);
  return domains.length === 0 ? unlabelled : domains.some((domain) => isIn(labels, domain));
};

const isIn = (labels: Closure['labels'], domain: string): boolean =>
  labels === 'any' || labels.includes(domain);
