import type { ObjectRef } from '../object-ref.ts';

/** Only requests from some addresses pass, or none from them; the others are answered 403. */
export interface AddressRules {
  readonly _tag: 'Addresses';
  readonly passes: 'OnlyThese' | 'AllOthers';
  readonly blocks: readonly AddressBlock[];
  readonly from: readonly ObjectRef[];
}

/** Addresses that begin alike. */
export interface AddressBlock {
  /** Of whom: who is connected, or who the request says that the client is, as far as proxies are trusted. */
  readonly of: 'Peer' | 'Client';
  readonly address: string;
  /** How many bits count. */
  readonly length: number;
}
