import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { FilterUse } from '../../../ir/filter/filter.ts';
import type { SpecOn } from '../mapping/mapping-fields.ts';

/** Names the filter that asks the AuthServices. Every listener of Emissary lists it, also where there is none. */
export const authFilter: FilterName = 'emissary.AuthService';

/** What a route says that nobody is asked about. */
export const unasked: FilterUse = {
  filter: authFilter,
  settings: { _tag: 'Off', kind: 'ExtAuth' },
};

/** What a Mapping says of the filter; absent: nothing. */
export const authUse = ({
  bypass_auth,
  auth_context_extensions: told,
}: SpecOn<'auth'>): FilterUse | undefined => {
  if (bypass_auth === true) return unasked;
  if (told === undefined || Object.keys(told).length === 0) return undefined;
  return { filter: authFilter, settings: { _tag: 'ExtAuth', contextExtensions: told } };
};
