import { addressBlock } from '../../../ir/address/address-range.ts';
import type { AddressBlock } from '../../../ir/filter/address-rules.ts';
import type { ModulePartOf } from '../../../kube/emissary/module/module-keys.ts';

type Written = NonNullable<ModulePartOf<'filters'>['ip_allow']>;

/** An entry that names no addresses, and what is expected in its place. */
interface AddressFault {
  /** After the name of the list: `[0].peer`. */
  readonly at: string;
  readonly expected: string;
  readonly got: string;
}

/** The addresses that a list of a Module names, and the entries that are at fault. */
interface AddressBlocks {
  readonly blocks: readonly AddressBlock[];
  readonly faults: readonly AddressFault[];
}

/** Reads such a list. */
export const addressBlocks = (list: Written): AddressBlocks => {
  const read = list.map(blockOf);
  return {
    blocks: read.filter((one): one is AddressBlock => 'of' in one),
    faults: read.filter((one): one is AddressFault => 'at' in one),
  };
};

const blockOf = (entry: Written[number], i: number): AddressBlock | AddressFault => {
  const { peer, remote } = entry;
  const text = peer ?? remote;
  if (text === undefined || (peer !== undefined && remote !== undefined))
    return { at: `[${i}]`, expected: 'one of peer and remote', got: JSON.stringify(entry) };
  const block = addressBlock(text);
  return block === undefined
    ? {
        at: `[${i}].${peer === undefined ? 'remote' : 'peer'}`,
        expected: 'an IP address or a CIDR block',
        got: JSON.stringify(text),
      }
    : { of: peer === undefined ? 'Client' : 'Peer', ...block };
};
