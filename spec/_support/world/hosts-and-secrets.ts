import { decode } from '../../../src/kube/decode.ts';
import type { Decoded, KubeEvent } from '../../../src/kube/kube-event.ts';
import type { Notice } from '../../../src/kube/reference/notice.ts';
import { aHost } from './builders.ts';

/** A Host with the certificate of a Secret, or without one. */
export const host = (name: string, secret?: string): Decoded => {
  const tls = secret === undefined ? {} : { tlsSecret: { name: secret } };
  const decoding = decode(aHost(`default/${name}`, { hostname: `${name}.test`, ...tls }));
  if (decoding._tag !== 'Decoded') throw new Error('expected a Host');
  return decoding.item;
};

/** These are all Hosts. */
export const hosts = (...items: readonly Decoded[]): KubeEvent => ({
  _tag: 'Listed',
  kind: 'Host',
  items,
});
/** A Host comes, or changes. */
export const applied = (item: Decoded): KubeEvent => ({ _tag: 'Applied', kind: 'Host', item });
/** A Host goes. */
export const gone = (name: string): KubeEvent => ({
  _tag: 'Deleted',
  kind: 'Host',
  key: `default/${name}`,
});
/** These are all Secrets, each with its version. */
export const noticed = (versions: Readonly<Record<string, string>>): Notice => ({
  ...{ _tag: 'AllNoticed', kind: 'Secret' },
  versions: new Map(
    Object.entries(versions).map(([name, version]) => [`default/${name}` as const, version]),
  ),
});
const secret = (name: string) => ({ kind: 'Secret', key: `default/${name}` }) as const;
/** A Secret has another version. */
export const changed = (name: string, version: string): Notice => ({
  _tag: 'Noticed',
  ...secret(name),
  version,
});
/** A Secret goes. */
export const vanished = (name: string): Notice => ({ _tag: 'NoticedGone', ...secret(name) });
