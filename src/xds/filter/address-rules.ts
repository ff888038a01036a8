import { RBACAction as Action, type Principal } from '../../../proto/envoy.ts';
import type { AddressBlock, AddressRules } from '../../ir/filter/address-rules.ts';
import { any } from '../message/encode.ts';
import type { Configured } from './filter-kind.ts';

/** Says from which addresses requests may come. */
export const addressRules: Configured<AddressRules> = {
  discovered: 'type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC',
  config: ({ passes, blocks }) =>
    any('envoy.extensions.filters.http.rbac.v3.RBAC', {
      rules: {
        action: passes === 'OnlyThese' ? Action.ALLOW : Action.DENY,
        policies: {
          addresses: { permissions: [{ any: true }], principals: blocks.map(principal) },
        },
      },
    }),
  off: any('envoy.extensions.filters.http.rbac.v3.RBACPerRoute', {}),
};

const principal = ({ of, address, length }: AddressBlock): Principal => {
  const range = { address_prefix: address, prefix_len: { value: length } };
  return of === 'Peer' ? { direct_remote_ip: range } : { remote_ip: range };
};
