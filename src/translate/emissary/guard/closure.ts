import type { SpecOn } from '../mapping/mapping-fields.ts';
import { usualDomain } from '../limit/usual-domain.ts';
import type { Guard, Guarding } from './guarding.ts';

/** Which Mappings are closed: their requests are answered 503, because what guards them cannot be used. */
export interface Closure {
  readonly all: boolean;
  /** Those with labels of these domains; `any`: with any labels. */
  readonly labels: readonly string[] | 'any';
}

/** What all that guards requests closes together; absent: nothing. */
export const closureOf = (all: readonly Guarding[]): Closure | undefined => {
  const guards = all.flatMap((one) => one.guards);
  if (guards.every(({ _tag }) => _tag === 'Auth')) return undefined;
  const has = (tag: Guard['_tag']): boolean => guards.some(({ _tag }) => _tag === tag);
  const usual = usualDomains(all);
  const labels = guards.flatMap((one) => (one._tag === 'Labels' ? (one.domain ?? usual) : []));
  return { all: has('All'), labels: has('AnyLabels') ? 'any' : labels };
};

/** The domains that count where none is named. If Modules disagree, each says one: nobody's opens another's. */
const usualDomains = (all: readonly Guarding[]): readonly string[] => {
  const said = all.flatMap(({ labelDomain }) => labelDomain ?? []);
  return said.length === 0 ? [usualDomain] : said;
};

/** Whether a Mapping is closed. One without labels is limited by nobody, so no RateLimitService closes it. */
export const closes = (
  { all, labels }: Closure,
  { labels: written = {} }: SpecOn<'guard'>,
): boolean =>
  all ||
  Object.entries(written).some(
    ([domain, groups]) => groups.length > 0 && (labels === 'any' || labels.includes(domain)),
  );
