import type { Metadata, Struct } from '../../../proto/envoy.ts';
import type { FilterUse } from '../../ir/filter/filter.ts';
import type { Route } from '../../ir/route.ts';
import { offKey } from '../filter/closed.ts';
import { upgradesAllowed } from '../shard/shard-script.ts';

/**
 * What scripts look up in the route of a request: which upgrades it allows, and which filters it turns off.
 * Sorted, so that equal routes have equal bytes.
 */
export const routeMetadata = ({
  action,
  filters = none,
}: Route): { readonly metadata?: Metadata } => {
  const entries: readonly (readonly [string, Struct])[] = [
    ...(action._tag === 'Forward' && action.upgrades.length > 0
      ? Object.entries(upgradesAllowed(action.upgrades).filter_metadata ?? {})
      : []),
    ...filters.flatMap(({ filter, settings }) =>
      settings._tag === 'Off' ? [[filter, turnedOff] as const] : [],
    ),
  ];
  return entries.length === 0
    ? {}
    : {
        metadata: {
          filter_metadata: Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))),
        },
      };
};

const none: readonly FilterUse[] = [];

const turnedOff: Struct = { fields: { [offKey]: { boolValue: true } } };
